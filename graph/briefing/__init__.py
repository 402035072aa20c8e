"""The briefing: what the analyses show of a build, on one page that can be mailed or printed.

``content.briefing`` says what stands in it, as blocks; ``webpage`` and ``word`` write the blocks. Every number leads to
its sentence, which stands in the appendix.
"""
