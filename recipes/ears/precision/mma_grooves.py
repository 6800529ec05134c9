"""Scores in every style of Musical MIDI Accompaniment (Debian's `mma`): two of its grooves each, over chords: `python mma_grooves.py DATA`,
where DATA holds the unpacked package as `mma`; writes DATA/mma-grooves."""
import re
import subprocess
import sys
from pathlib import Path

CHORDS = ("C Am F G7", "Am F C G", "Dm7 G7 Cmaj7 A7", "Em D C B7")
TEMPO_BPM, TURNS = 120, 3


def song(style: str, grooves: list[str], chords: str) -> str:
    """A bar a line; the first groove of the style and one from its middle."""
    chosen = dict.fromkeys((grooves[0], grooves[len(grooves) // 2]))
    return "\n".join([f"Tempo {TEMPO_BPM}", *(line for groove in chosen for line in (f"Groove {style}:{groove}", *chords.split() * TURNS))]) + "\n"


def write(data: Path) -> None:
    library, out = data / "mma/usr/share/mma/lib", data / "mma-grooves"
    out.mkdir(exist_ok=True)
    # It finds its library beside itself.
    program = data / "mma/usr/share/mma/mma.py"
    program.write_bytes((data / "mma/usr/bin/mma").read_bytes())
    for index, file in enumerate(sorted(library.rglob("*.mma"))):
        grooves = re.findall(r"(?im)^\s*DefGroove\s+(\S+)", file.read_text(errors="replace"))
        style = file.relative_to(library).with_suffix("")
        source = out / f"{'-'.join(style.parts)}.mma"
        score = source.with_suffix(".mid")
        if not grooves or score.exists():
            continue
        source.write_text(song(str(style), grooves, CHORDS[index % len(CHORDS)]))
        # Some styles are only meant for use by others; they are left out.
        subprocess.run([sys.executable, str(program), "-f", str(score), str(source)], capture_output=True, check=False)
        source.unlink()


if __name__ == "__main__":
    write(Path(sys.argv[1]))
