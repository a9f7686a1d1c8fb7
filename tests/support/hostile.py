"""A book that attacks its readers: a chapter for each way to run a script, or to load from elsewhere."""

from __future__ import annotations

from pathlib import Path

from tests.support import notebooks, projects
from tests.support.rendered_books import write_book

ELSEWHERE = "http://elsewhere.invalid"
RUN = "window.ran=1"
XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'

# HTML that a chapter writes and an output shows.
HTML = {
    "script": f"<script>{RUN}</script><script src='{ELSEWHERE}/a.js'></script>",
    "handlers": f"<p onmouseover='{RUN}' onclick='{RUN}'>x</p><img src='a.svg' onload='{RUN}'>"
    f"<details open ontoggle='{RUN}'>x</details><svg onload='{RUN}'></svg>",
    "attributes": f"[x]{{onclick='{RUN}' onpointerover='{RUN}'}}\n\n::: {{onclick='{RUN}'}}\nx\n:::",
    "links": f"[a](javascript:{RUN}) <a href='java&#9;script:{RUN}'>b</a> [c](vbscript:{RUN})"
    f" <a href='&#1;javascript:{RUN}'>d</a>"
    f" <a href='data:text/html,<script>{RUN}</script>'>e</a> ![f](javascript:{RUN})",
    "ping": f"<a href='#' ping='{ELSEWHERE}/p'>x</a>",
    "refresh": f"<meta http-equiv='refresh' content=\"0;URL='{ELSEWHERE}/'\">",
    "frames": f'<iframe srcdoc="<script>top.ran=1</script>"></iframe><iframe src="{ELSEWHERE}/f"></iframe>'
    "<iframe src='data:text/html,<script>top.ran=1</script>'></iframe>",
    "objects": f"<object data='{ELSEWHERE}/o'></object><embed src='{ELSEWHERE}/e'>"
    f"<object data='data:text/html,<script>top.ran=1</script>'></object>",
    "base": f"<base href='{ELSEWHERE}/'>\n\n![x](a.svg)",
    "form": f"<form action='{ELSEWHERE}/' method='post'><button id='b'>x</button>"
    f"<input autofocus onfocus='{RUN}'></form>",
    "pictures": f"<img src='{ELSEWHERE}/i.png' srcset='{ELSEWHERE}/j.png 2x'>"
    f"<img src='//elsewhere.invalid/k.png'>"
    f"<picture><source srcset='{ELSEWHERE}/l.png'><img src='\\\\elsewhere.invalid/m.png'></picture>"
    f"<video poster='{ELSEWHERE}/n.png' src='{ELSEWHERE}/o.mp4' autoplay></video>",
    "preloads": f"<link rel='stylesheet' href='{ELSEWHERE}/s.css'><link rel='prefetch' href='{ELSEWHERE}/p'>",
    "styles": f"<style>@import '{ELSEWHERE}/i.css'; p {{ background: url({ELSEWHERE}/b.png) }}</style>"
    f"<p style='background: url({ELSEWHERE}/c.png)'>x</p>"
    f"<p style='background: u\\72l({ELSEWHERE}/d.png)'>x</p>",
    "drawing": f"<svg {XLINK}><script>{RUN}</script>"
    f"<image xlink:href='{ELSEWHERE}/i.png' width='9' height='9'/>"
    f"<use xlink:href='{ELSEWHERE}/u.svg#a'/><a xlink:href='javascript:{RUN}'><text y='20'>x</text></a>"
    f"<animate attributeName='href' values='javascript:{RUN}'/><set attributeName='onclick' to='{RUN}'/>"
    f"<foreignObject><img src='a.svg' onload='{RUN}'></foreignObject>"
    f"<rect width='9' height='9' fill='url({ELSEWHERE}/f.svg#a)'/></svg>",
    "formula": f"<math href='javascript:{RUN}'><mi xlink:href='javascript:{RUN}'>x</mi>"
    f"<mtext><mglyph><style><!--</style><img title='--><img src=a.svg onload={RUN}>'>"
    "</mglyph></mtext></math>",
    "chart": "<img src='a.svg' alt='x' data-chart='evil.js'>",
    "sealed": f"</div></div></article></main><script>{RUN}</script>"
    f"\n\n:::::::::::::\n\n<!-- --><script>{RUN}</script>\n",
    "raw": f"```{{=html}}\n<script>{RUN}</script>\n```\n\n`<img src=a.svg onload={RUN}>`{{=html}}"
    f"\n\n```{{=html-trusted}}\n<script>{RUN}</script>\n```",
}
DRAWING = f"""\
<?xml version="1.0"?>
<?xml-stylesheet href="{ELSEWHERE}/s.xsl" type="text/xsl"?>
<!DOCTYPE svg [<!ENTITY e "&#60;script&#62;{RUN}&#60;/script&#62;">]>
<svg xmlns="http://www.w3.org/2000/svg" {XLINK} width="90" height="40" onload="{RUN}">
<script>{RUN}</script><script href="{ELSEWHERE}/a.js"/>&e;
<style>@import "{ELSEWHERE}/i.css"; rect {{ fill: url({ELSEWHERE}/f.svg#a) }}</style>
<image href="{ELSEWHERE}/i.png" width="9" height="9"/>
<image href="../../../../etc/hostname" width="9" height="9"/>
<image href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E" width="9" height="9"/>
<use href="{ELSEWHERE}/u.svg#a"/><a href="javascript:{RUN}"><text y="20">Text</text></a>
<foreignObject width="90" height="40">
<body xmlns="http://www.w3.org/1999/xhtml"><script>{RUN}</script></body></foreignObject>
<animate attributeName="href" values="javascript:{RUN}"/><rect width="9" height="9" onclick="{RUN}"/>
<html:script xmlns:html="http://www.w3.org/1999/xhtml">{RUN}</html:script>
</svg>
"""
HARMLESS = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40"><text y="20">Calm</text></svg>\n'
KINDS = (*HTML, "title", "latex", "svg")


def create(root: Path) -> Path:
    """Write the book: a notebook for each kind, whose own text and whose outputs do the same."""
    chapters = {"index.md": "# Welcome\n\nText.\n"}
    for name, payload in HTML.items():
        cells = (f"#:# Chapter {name}\n", f"#:{payload}\n", projects.code("x\n", {"text/markdown": payload}))
        chapters[f"{name}.ipynb"] = notebooks.text(*cells)
    title = (
        f"---\ntitle: 'T <img src=a.svg onload=\"{RUN}\">'\n---\n\n## S <svg onload='{RUN}'></svg>\n\nText.\n"
    )
    chapters["title.md"] = title
    latex = f"x$$<script>{RUN}</script><img src=a.svg onload='{RUN}'>$$y"
    chapters["latex.ipynb"] = notebooks.text("#:# Latex\n", projects.code("x\n", {"text/latex": latex}))
    cell = projects.code("x\n", {"image/svg+xml": DRAWING}, options="#| label: fig-x\n#| fig-cap: X\n")
    chapters["svg.ipynb"] = notebooks.text("#:# Svg\n", cell, "#:![y](evil.svg)\n")
    files = {"a.svg": HARMLESS, "evil.svg": DRAWING, "evil.js": f"{RUN};\n"}
    write_book(root, chapters, **files)
    config = (root / "_quarto.yml").read_text(encoding="utf-8")
    config = config.replace("output-dir: _site", "output-dir: _site, resources: [evil.js, a.svg]")
    (root / "_quarto.yml").write_text(config, encoding="utf-8")
    return root
