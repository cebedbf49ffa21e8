"""Small XLSX files, written part by part: also such as no program would write."""

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
DATE_STYLES = (
    f'<styleSheet {NS}><numFmts count="2"><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy\\ hh:mm"/>'
    '<numFmt numFmtId="165" formatCode="[h]:mm:ss"/></numFmts><cellXfs count="4"><xf numFmtId="0"/>'
    '<xf numFmtId="164"/><xf numFmtId="14"/><xf numFmtId="165"/></cellXfs></styleSheet>'
)


def cell(reference: str, text: str) -> str:
    """A cell with words of its own."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def sheet_of(rows: Sequence[Sequence[str]], *, first_row: int = 1, first_column: int = 0, after: str = "") -> str:
    """A sheet of words. A cell that begins with «<» is XML of its own, with «{at}» for its reference."""
    lines = []
    for number, cells in enumerate(rows, first_row):
        named = [(f"{letters(first_column + place)}{number}", text) for place, text in enumerate(cells)]
        said = (text.replace("{at}", at) if text.startswith("<") else cell(at, text) for at, text in named if text)
        lines.append(f'<row r="{number}">{"".join(said)}</row>')
    return f"{HEAD}<worksheet {NS} {R}><sheetData>{''.join(lines)}</sheetData>{after}</worksheet>"


def letters(number: int) -> str:
    """0 → A, 26 → AA."""
    found = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def workbook(
    path: Path,
    sheets: Mapping[str, str],
    *,
    styles: str = DATE_STYLES,
    shared: Sequence[str] = (),
    others: Mapping[str, str] | None = None,
) -> Path:
    """Write a workbook of these sheets (name → XML)."""
    names = list(sheets)
    listed = "".join(f'<sheet name="{escape(n)}" sheetId="{i}" r:id="rId{i}"/>' for i, n in enumerate(names, 1))
    related = "".join(
        f'<Relationship Id="rId{i}" Type="{RELATION}/worksheet" Target="worksheets/sheet{i}.xml"/>'
        for i in range(1, len(names) + 1)
    )
    related += f'<Relationship Id="rIdS" Type="{RELATION}/styles" Target="styles.xml"/>'
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{RELATION}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f"{HEAD}<workbook {NS} {R}><sheets>{listed}</sheets></workbook>",
        "xl/styles.xml": styles,
        **{f"xl/worksheets/sheet{i}.xml": sheets[name] for i, name in enumerate(names, 1)},
    }
    if shared:
        related += f'<Relationship Id="rIdW" Type="{RELATION}/sharedStrings" Target="sharedStrings.xml"/>'
        said = "".join(f"<si>{one}</si>" for one in shared)
        parts["xl/sharedStrings.xml"] = f"{HEAD}<sst {NS}>{said}</sst>"
    parts["xl/_rels/workbook.xml.rels"] = f'<Relationships xmlns="{PACKAGE}">{related}</Relationships>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**parts, **(others or {})}.items():
            archive.writestr(name, content)
    return path
