"""The ``zhili`` command: one module per command, loaded only when that command is asked for.

A command is a function whose parameters are its arguments and options (typer reads them from the type hints) and that
returns its exit code. Its help stands in ``graph/messages/help-<command>.toml``, a key for itself (``help``) and one
for each parameter.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from graph.messages import LANGUAGES, ToldError, language, say

#: Every command: its name → where its function is.
COMMANDS = {
    "build": "graph.cli.build:build",
    "add": "graph.cli.build:add",
    "remove": "graph.cli.build:remove",
    "manifest": "graph.cli.manifest:manifest",
    "query": "graph.cli.query:query",
    "export": "graph.cli.export:export",
    "view": "graph.cli.view:view",
    "analyze": "graph.cli.analyze:analyze",
    "report": "graph.cli.report:report",
    "explain": "graph.cli.explain:explain",
    "discover": "graph.cli.discover:discover",
    "evaluate": "graph.cli.evaluate:evaluate",
    "validate": "graph.cli.validate:validate",
    "audit": "graph.cli.audit:audit",
}

DONE, SKIPPED, FAILED, TIMED_OUT, INTERRUPTED = 0, 1, 2, 3, 130

UsageError: Any = typer.BadParameter.__mro__[1]  # whichever click typer brings with it

#: The words that click writes around help, as they are said in Chinese.
HELP_WORDS = {
    "Usage:": "用法：",
    "Options:": "选项：",
    "Commands:": "命令：",
    "Arguments:": "参数：",
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 [参数]...",
    "Show this message and exit.": "显示这份说明。",
    "[default: ": "[默认：",
    "[required]": "[必填]",
}


class Command(TyperCommand):
    """A command whose help speaks the user's language."""

    def get_help(self, ctx: Any) -> str:
        return localized(super().get_help(ctx))


class Group(TyperGroup):
    """All commands, each loaded when it is asked for."""

    def list_commands(self, _: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _: Any, name: str) -> Any:
        return command(name) if name in COMMANDS else None

    def get_help(self, ctx: Any) -> str:
        return localized(super().get_help(ctx))


def command(name: str, lang: str | None = None) -> Any:
    """Make one command, with its help in one language."""
    module, _, function = COMMANDS[name].partition(":")
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command(name, cls=Command, help=say(f"help-{name}.help", lang))(getattr(import_module(module), function))
    made: Any = typer.main.get_command(app)
    for parameter in made.params:
        parameter.help = say(f"help-{name}.{parameter.name}", lang)
    return made


def application(lang: str | None = None) -> Any:
    """Make the whole command line, with its help in one language."""
    app = typer.Typer(cls=Group, add_completion=False, rich_markup_mode=None, help=say("cli.help", lang))

    @app.callback()
    def options(_lang: str = typer.Option(None, "--lang", metavar="zh|en", help=say("cli.lang", lang))) -> None:
        """Take what holds for every command; ``--lang`` was read before."""

    made: Any = typer.main.get_command(app)
    made.epilog = say("cli.codes", lang)
    return made


def localized(text: str) -> str:
    """Put the words that click writes around help into the user's language."""
    if language() == "zh":
        for english, chinese in HELP_WORDS.items():
            text = text.replace(english, chinese)
    return text


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    sys.exit(run(list(sys.argv[1:] if arguments is None else arguments)))


def run(arguments: list[str]) -> int:
    """Run one command and give its exit code; what goes wrong is told in a sentence."""
    try:
        words = _speak(arguments)
        return application().main(words or ["--help"], prog_name="zhili", standalone_mode=False) or DONE
    except ToldError as error:
        return _tell(str(error))
    except UsageError as error:
        return _tell(say("cli.usage", reason=error.format_message(), command=_asked(arguments)))
    except typer.Exit as exit_:
        return exit_.exit_code
    except (KeyboardInterrupt, typer.Abort):
        _tell(say("cli.interrupted"))
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader left: nothing more to say
        return DONE
    except OSError as error:
        return _tell(say("cli.os", path=error.filename or "", reason=error.strerror or str(error)))


def _speak(arguments: list[str]) -> list[str]:
    """Take ``--lang zh|en`` out of the arguments, wherever it stands, and speak that language from here on."""
    rest: list[str] = []
    words = iter(arguments)
    for word in words:
        if word == "--":
            return [*rest, word, *words]
        name, equals, value = word.partition("=")
        if name != "--lang":
            rest.append(word)
            continue
        chosen = value if equals else next(words, "")
        if chosen not in LANGUAGES:
            raise ToldError("cli.language", given=chosen)
        os.environ["ZHILI_LANG"] = chosen
    return rest


def _asked(arguments: list[str]) -> str:
    return next((f"zhili {word} --help" for word in arguments if word in COMMANDS), "zhili --help")


def _tell(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return FAILED
