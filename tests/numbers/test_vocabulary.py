"""What pint has said of units: kept for the environment, and the same whatever became of it."""

import json
import subprocess
import sys
from pathlib import Path

from tieout.numbers.remembered import MOST, Remembered

ASKED = """
import sys
from pathlib import Path
from tieout.numbers import units
from tieout.numbers.vocabulary import UnknownUnit, Vocabulary

units._units = lambda kept=Vocabulary(Path(sys.argv[1])): kept
if sys.argv[2:]:
    sys.modules["pint"] = None


def said(ask):
    try:
        return ask()
    except (UnknownUnit, units.UnitMismatch) as error:
        return str(error)


print(said(lambda: units.register_units(["device = [device]", "dozen_devices = 12 * device"])))
for text in (
    "USD / person", "km/h", "mmol/L", "1 / year", "billion SEK", "degree_Celsius", "wug", "device ** 0.5",
    "dBm", "dozen_devices", "percent", "consultation / day / person", "kWh per household", "%", "m²", "1",
):
    print(text, *(said(lambda: ask(text)) for ask in (units.canonical, units.parts, units.root)))
for name in ("kilometer", "kWh", "wug", "CAD"):
    print(name, units.is_named(name), said(lambda: units.product(name, "hour", -1)))
for wrong in ("device = [other]", "meter = [other]", "gloop = 3 * wug", "a b"):
    print(said(lambda: units.register_units([wrong])))
print(said(lambda: units.factor("mile", "meter")), said(lambda: units.factor("mile", "day")))
"""


def _asked(place: Path, *more: str) -> list[str]:
    command = [sys.executable, "-c", ASKED, str(place), *more]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", check=True
    ).stdout.splitlines()


def test_what_was_said_is_said_again_without_pint(tmp_path: Path) -> None:
    first = _asked(tmp_path)
    (kept,) = tmp_path.iterdir()
    assert first[-1] == "201168/125 mile cannot be expressed in day"
    before = kept.read_bytes()
    assert _asked(tmp_path, "without pint") == first
    assert kept.read_bytes() == before
    for broken in (before[:100], b"[]", b"\xff"):
        kept.write_bytes(broken)
        assert _asked(tmp_path) == first


def test_where_nothing_can_be_kept_pint_is_asked_again(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", "utf-8")
    assert _asked(tmp_path / "taken") == _asked(tmp_path / "free")


def test_what_was_said_is_known_though_the_process_was_ended_before_its_exit(tmp_path: Path) -> None:
    """As kernels are."""
    ended = Remembered([], tmp_path)
    for number in range(9):
        ended.answer([str(number)], lambda n=number: n)
    known = json.loads(ended.path.read_bytes())
    assert known == {f'["{number}"]': number for number in range(8)}
    assert Remembered([], tmp_path).answer(["0"], lambda: "asked again") == 0


def test_the_latest_are_kept_beside_what_others_said_and_of_this_code_alone(tmp_path: Path) -> None:
    code = tmp_path / "code.py"
    code.write_text("one", "utf-8")
    one, other = Remembered([code], tmp_path / "kept"), Remembered([code], tmp_path / "kept")
    asked: list[int] = []
    for number in range(MOST):
        assert one.answer(["one", str(number)], lambda n=number: asked.append(n) or n) == number
    assert other.answer(["other"], lambda: "said") == "said"
    one.keep()
    other.keep()
    assert one.answer(["one", "0"], lambda: "asked again") == 0
    assert len(asked) == MOST
    kept = json.loads(one.path.read_bytes())
    assert len(kept) == MOST
    assert kept['["other"]'] == "said"
    assert '["one", "0"]' not in kept
    code.write_text("two", "utf-8")
    new = Remembered([code], tmp_path / "kept")
    assert new.answer(["other"], lambda: "of another code") == "of another code"
    new.keep()
    assert [path.name for path in (tmp_path / "kept").iterdir()] == [new.path.name]
