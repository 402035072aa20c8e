"""One audit: reports in, what was found in each and across them out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from extractors.places import locate
from extractors.reader import Reader
from extractors.shapes import Document, Facts
from graph.audit.across import Across, Shared
from graph.audit.auditor import Auditor
from graph.audit.finding import Finding, Span
from graph.audit.settings import Settings
from graph.audit.yearly import Again, Figure, Years, said_again
from ontology.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Audited:
    """A report that was audited: what it is, its text, and what was found, in the order of the text."""

    name: str
    township: str
    year: int | None
    text: str
    findings: tuple[Finding, ...]
    headings: tuple[tuple[int, str], ...]  # where each section begins, and the headings above it

    def words(self, span: Span) -> str:
        """The exact words of a passage, on one line."""
        return " ".join(self.text[slice(*span)].split())

    def section(self, at: int) -> str:
        """The headings above a place."""
        return next((path for start, path in reversed(self.headings) if start <= at), "")


@dataclass(slots=True)
class Session:
    """What an audit found so far; ``add`` takes in a report, ``compare`` then holds all against each other."""

    vocabulary: Vocabulary
    settings: Settings = field(default_factory=Settings)
    reports: list[Audited] = field(default_factory=list)
    shared: list[Shared] = field(default_factory=list)
    again: list[Again] = field(default_factory=list)
    silent: int = 0  # findings that were acknowledged
    _read: Callable[[Document], Facts] = field(init=False)
    _auditor: Auditor = field(init=False)
    _years: Years = field(init=False)
    _across: Across = field(default_factory=Across)
    _places: list[str] = field(default_factory=list)
    _figures: list[tuple[Figure, ...]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._read = Reader(self.vocabulary).read
        self._auditor = Auditor(self.vocabulary, settings=self.settings)
        self._years = Years(self.vocabulary)

    def add(self, document: Document) -> Audited:
        """Read and audit one report."""
        facts = self._read(document)
        found = self._auditor.audit(facts)
        heard = tuple(one for one in found if one.id not in self.settings.acknowledged)
        self.silent += len(found) - len(heard)
        report = facts.report
        headings = tuple((section.start, " / ".join(section.path)) for section in facts.sections)
        audited = Audited(document.name, report.township, report.year, document.text, heard, headings)
        place = locate(report.parents, document.meta, year=report.year).key
        self.reports.append(audited)
        self._places.append(f"{place}/{report.township}" if report.township else f"//{document.name}")
        self._figures.append(self._years.figures(facts))
        return audited

    def compare(self) -> None:
        """Find the text that reports of different townships share, and what is from a township's year before."""
        for report, place in zip(self.reports, self._places, strict=True):
            self._across.add(report.text, report.township, place)
        everybodys = self._across.everybodys()
        self.shared = [one for one in everybodys.shared() if one.share >= self.settings.shared]
        years = {
            (place, report.year): number
            for number, (report, place) in enumerate(zip(self.reports, self._places, strict=True))
            if report.year is not None
        }
        self.again = list(said_again(everybodys, years, self._figures))

    def kinds(self) -> set[str]:
        """The kinds that were found."""
        return {one.kind for report in self.reports for one in report.findings}


def audited(documents: Iterable[Document], vocabulary: Vocabulary, settings: Settings | None = None) -> Session:
    """Audit documents one by one and against each other."""
    session = Session(vocabulary, settings or Settings())
    for document in documents:
        session.add(document)
    session.compare()
    return session
