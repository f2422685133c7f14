#!/usr/bin/env python3
"""Build tool: a page of docs/manual/commands as a manual page.

    man.py VERSION PAGE.md OUTPUT.1

The pages keep to a part of Markdown: headings, paragraphs, lists, tables, indented and fenced blocks, `code`, *emphasis*,
**strong**, [links](target). A fenced block of a file keeps its name as a remark."""
import pathlib
import re
import sys


def escape(text):
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"^([.'])", r"\\&\1", text)


def inline(text):
    """Code and strong become bold, emphasis italic; a link keeps its text."""
    text = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text.replace("\\|", "|"))
    pieces = re.split(r"(`[^`]+`|\*\*[^*]+\*\*|\*[^*]+\*)", text)
    out = ""
    for piece in pieces:
        if len(piece) > 2 and piece[0] == piece[-1] == "`":
            out += "\\fB" + escape(piece[1:-1]) + "\\fR"
        elif len(piece) > 4 and piece.startswith("**"):
            out += "\\fB" + escape(piece[2:-2]) + "\\fR"
        elif len(piece) > 2 and piece[0] == piece[-1] == "*":
            out += "\\fI" + escape(piece[1:-1]) + "\\fR"
        else:
            out += escape(piece)
    return out


def block(lines):
    return [".PP", ".RS 4", ".nf", *[escape(line) for line in lines], ".fi", ".RE"]


def table(rows):
    """Two columns as tagged paragraphs, more as lines."""
    cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", row.strip().strip("|"))] for row in rows]
    body = [row for row in cells[1:] if not all(re.fullmatch(r":?-+:?", cell) for cell in row)]
    out = []
    for row in body:
        out += [".TP", inline(row[0]), inline("; ".join(cell for cell in row[1:] if cell)) or "\\&"]
    return out


def convert(text):
    out, lines, at = [], text.splitlines(), 0
    paragraph = []

    def flush():
        if paragraph:
            out.extend([".PP", *paragraph])
            paragraph.clear()

    while at < len(lines):
        line = lines[at]
        if line.startswith("```"):
            flush()
            end = next(i for i in range(at + 1, len(lines)) if lines[i].startswith("```"))
            name = re.search(r"\bfile=(\S+)", line)
            if name:
                out.extend([".PP", "\\fI" + escape(name[1]) + "\\fR:"])
            out.extend(block(lines[at + 1:end]))
            at = end
        elif line.startswith("    ") and not paragraph:
            end = at
            while end < len(lines) and (lines[end].startswith("    ") or (not lines[end] and end + 1 < len(lines)
                                                                           and lines[end + 1].startswith("    "))):
                end += 1
            out.extend(block([code[4:] for code in lines[at:end]]))
            at = end - 1
        elif line.startswith("|"):
            flush()
            end = at
            while end < len(lines) and lines[end].startswith("|"):
                end += 1
            out.extend(table(lines[at:end]))
            at = end - 1
        elif line.startswith("#"):
            flush()
            level = len(line) - len(line.lstrip("#"))
            title = inline(line.lstrip("# "))
            out.append((".SH " + title.upper()) if level == 2 else ".SS " + title)
        elif re.match(r"(\d+\.|[-*]) ", line):
            flush()
            mark, rest = line.split(" ", 1)
            out.extend([".IP " + ("\\(bu 2" if mark in "-*" else mark + " 4"), inline(rest)])
            while at + 1 < len(lines) and lines[at + 1].startswith("  "):
                at += 1
                out.append(inline(lines[at].strip()))
        elif line.strip():
            paragraph.append(inline(line.strip()))
        else:
            flush()
        at += 1
    flush()
    return out


def main():
    version, source, target = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    page = target.name.removesuffix(".1")
    text = source.read_text(encoding="utf-8")
    title, _, body = text.partition("\n")
    overview = source.name == "README.md"
    summaries = dict(re.findall(r"^\| \[(\w+)\]\(\w+\.md\) \| (.*) \|$",
                                (source.parent / "README.md").read_text(encoding="utf-8"), re.M))
    name = "who commands when, and how sure one can be" if overview else summaries[source.stem]
    out = [f'.TH {page.upper()} 1 "" "opcon {version}" "opcon"', ".SH NAME", f"{escape(page)} \\- {inline(name)}"]
    if overview:
        out += [".SH SYNOPSIS", "\\fBopcon\\fR \\fICOMMAND\\fR [\\fIARGUMENT\\fR]...", ".SH DESCRIPTION"]
    else:
        # The usage stands first in a manual page.
        usage = re.search(r"^    (opcon .*)$", body, re.M)
        body = body.replace("## Usage\n\n" + usage[0] + "\n", "", 1)
        out += [".SH SYNOPSIS", inline(usage[1]), ".SH DESCRIPTION"]
    out += convert(body)
    see = [f"\\fBopcon\\-{name}\\fR(1)" for name in summaries] if overview else ["\\fBopcon\\fR(1)"]
    out += [".SH SEE ALSO", ", ".join(see)]
    target.write_text("\n".join(out) + "\n", encoding="utf-8")


main()
