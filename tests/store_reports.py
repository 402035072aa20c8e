"""Small reports about invented townships, for the tests of builds."""

from __future__ import annotations

from pathlib import Path

REPORTS = {
    "qinghe-2022.txt": """临溪县青禾镇2022年法治政府建设年度报告
2022年，青禾镇在县委、县政府领导下，扎实推进法治政府建设，现报告如下。
一、主要工作
（一）加强组织领导。镇党委召开法治建设专题会议3次，镇长唐砚平听取汇报2次。
（二）开展普法宣传。司法所开展普法宣传活动20余次，发放宣传资料3000份。
（三）化解矛盾纠纷。调解委员会受理矛盾纠纷40件，化解38件，调解成功率95%。
二、存在问题
普法宣传形式单一，执法人员力量不足。
三、下一步打算
2023年将开展法治讲座6场，组织干部学法培训4次。
""",
    "qinghe-2023.txt": """临溪县青禾镇2023年法治政府建设年度报告
一、工作开展情况
（一）学法普法。党委理论学习中心组学法4次。司法所在村里举办法治讲座6场，发放宣传资料5000份，覆盖12个村。
（二）化解纠纷。调解委员会受理矛盾纠纷52件，化解50件。派出所走访群众300户。
（三）依法决策。聘请法律顾问1人，合法性审查合同15件，学习《中华人民共和国民法典》。
二、不足之处
网格员业务能力有待提高。
三、2024年工作计划
继续开展普法宣传活动。
""",
    "hengliu-2023.txt": """临溪县横柳乡2023年度法治政府建设情况报告
一、主要做法
1．组织领导。乡党委召开法治工作会议2次。
2．普法宣传。乡司法所联合派出所开展法律进校园活动5场，向学生发放宣传册800册；在国家宪法日开展集中宣传1次。
3．信访接访。领导干部接访60人次，办结信访件25件，办结率100%。
二、存在问题
普法宣传针对性不强。
""",
    "shikou-2023.txt": """望川县石口街道2023年法治政府建设年度报告
一、工作情况
街道党工委组织干部法治培训3次，培训120人次。司法所开展法律咨询90人次，办理法律援助案件4件。
综合行政执法队开展安全生产检查56次，发现隐患130处，整改128处。
制定《石口街道2023年普法工作方案》。
二、下一步工作
计划新建公共法律服务站2个。
""",
}


def write(folder: Path, reports: dict[str, str]) -> Path:
    """Make a folder hold exactly these reports."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.rglob("*.txt"):
        old.unlink()
    for name, text in reports.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder
