"""Every template with sample data: no inline code, tokens in forms, one main button; vendored files; documents."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings

from tests.browser.gallery.samples import SCREENS
from tests.browser.gallery.samples.common import frame
from tests.browser.gallery.serve import POLICY
from tests.browser.gallery.urls import urlpatterns

ROOT = Path(__file__).parents[2]
WEB = ROOT / "src/otklik/web"
WALKED = ("admin", "setup")
"""Screens without samples: tests/browser/test_admin_screens.py walks them with real data, axe and all."""
STATIC = WEB / "static"
SCRIPTS_AT_MOST = 200 * 1024
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Page(HTMLParser):
    """What a test wants to know of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.unbalanced: list[str] = []
        self.script_text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.unbalanced.append(tag)

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in {"script", "style"}:
            self.script_text += data.strip()

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]


def render(name: str) -> str:
    screen = SCREENS[name]
    with override_settings(ROOT_URLCONF="tests.browser.gallery.urls"):
        context = {"frame": frame(**screen.frame), **screen.context}
        return render_to_string(screen.template, context, request=RequestFactory().get("/"))


@pytest.fixture(params=sorted(SCREENS))
def html(request: pytest.FixtureRequest) -> str:
    return render(request.param)


def test_page_is_well_formed_and_obeys_the_policy(html: str) -> None:
    page = Page(html)
    assert page.unbalanced == []
    assert page.script_text == "", "inline script or style: the policy refuses it"
    names = {name for _, attributes in page.tags for name in attributes}
    assert [name for name in names if name == "style" or re.match(r"on[a-z]", name)] == []
    assert all(not link.get("href", "").startswith("http") for link in page.all("link"))
    assert all(script["src"].startswith("/static/") for script in page.all("script"))


def test_no_id_comes_twice(html: str) -> None:
    ids = [attributes["id"] for _, attributes in Page(html).tags if "id" in attributes]
    assert sorted(ids) == sorted(set(ids))


def test_forms_that_change_something_carry_the_token(html: str) -> None:
    forms = re.findall(r"<form\b[^>]*method=\"post\"[^>]*>(.*?)</form>", html, re.DOTALL)
    assert all('name="csrfmiddlewaretoken"' in form for form in forms)


def test_every_icon_is_in_the_sprite(html: str) -> None:
    known = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "otklik/icons.svg").read_text()))
    used = {use["href"].split("#")[1] for use in Page(html).all("use")}
    assert used <= known


def test_links_within_the_page_lead_somewhere(html: str) -> None:
    page = Page(html)
    ids = {attributes.get("id") for _, attributes in page.tags}
    wanted = {link["href"][1:] for link in page.all("a") if link.get("href", "").startswith("#")}
    wanted |= {attributes["form"] for _, attributes in page.tags if attributes.get("form")}
    for name in ("aria-labelledby", "aria-describedby"):
        wanted |= {one for _, attributes in page.tags for one in attributes.get(name, "").split()}
    assert wanted <= ids


@pytest.mark.parametrize("name", [name for name in SCREENS if name.startswith("card-")])
def test_card_has_at_most_one_main_button_and_it_stands_in_the_next_step(name: str) -> None:
    html = render(name)
    step = SCREENS[name].context["page"].next_step
    main = [attributes for _, attributes in Page(html).tags if "data-main" in attributes]
    assert len(main) == (0 if step.place in {"waiting", "done"} else 1)
    assert html.count("btn-primary") == len(main)
    assert step.button in html


def test_a_chronometer_says_word_shape_and_time() -> None:
    html = render("queue")
    row = re.search(r'id="row-352".*?</li>', html, re.DOTALL)
    assert row is not None
    shown = row.group()
    assert "clock-now" in shown
    assert "#alert-triangle" in shown
    assert "срочно" in shown
    assert "осталось 8\N{NO-BREAK SPACE}мин" in shown
    assert "до 14:18" in shown


def test_a_citizens_markup_stays_text() -> None:
    import dataclasses

    from otklik.web.card.view import MessageView

    page = SCREENS["card-route"].context["page"]
    message: MessageView = dataclasses.replace(page.messages[0], text="<script>alert(1)</script>\n\n<b>жирно</b>")
    page = dataclasses.replace(page, messages=(message,))
    with override_settings(ROOT_URLCONF="tests.browser.gallery.urls"):
        html = render_to_string("card/page.html", {"frame": frame(), "page": page}, request=RequestFactory().get("/"))
    assert "<script>alert" not in html
    assert "&lt;b&gt;жирно" in html


def test_scripts_are_light_and_have_no_maps() -> None:
    scripts = list(STATIC.rglob("*.js"))
    assert sum(script.stat().st_size for script in scripts) < SCRIPTS_AT_MOST
    vendored = [*scripts, *STATIC.rglob("*.css")]
    assert [path.name for path in vendored if "sourceMappingURL" in path.read_text()] == []


def test_vendored_files_are_listed_with_their_licences() -> None:
    listed = (STATIC / "vendor/VENDORED.md").read_text()
    for path in (STATIC / "vendor").rglob("*.*s"):
        assert f"{path.parent.name}/{path.name}" in listed


def test_own_scripts_carry_no_sentences() -> None:
    for path in (STATIC / "otklik").glob("*.js"):
        assert not re.search("[а-яё]", path.read_text(), re.IGNORECASE), path.name


def test_the_gallery_has_the_projects_policy() -> None:
    project = {name: list(sources) for name, sources in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items()}
    assert project == POLICY


def test_url_names_of_templates_are_documented_and_in_the_gallery() -> None:
    sources = "\n".join(path.read_text() for path in (WEB / "templates").rglob("*.html"))
    used = set(re.findall(r"{% url '([a-z_]+)'", sources))
    cells = re.findall(r"^\| (`[a-z_`, ]+`) \|", (ROOT / "docs/screens.md").read_text(), re.MULTILINE)
    assert used <= {name for cell in cells for name in re.findall("[a-z_]+", cell)}
    shown = {name for name in used if not name.startswith(WALKED)}
    assert shown <= {pattern.name for pattern in urlpatterns}


def test_every_template_is_in_the_gallery() -> None:
    """A page template that no sample shows would be seen by nobody before a clerk."""
    templates = WEB / "templates"
    pages = {
        path.relative_to(templates).as_posix()
        for path in templates.rglob("*.html")
        if "{% extends" in path.read_text() and path.parent.name != "components"
    }
    pages = {page for page in pages if not page.startswith(WALKED)}
    assert pages - {"errors/base.html"} <= {screen.template for screen in SCREENS.values()}
