"""«Справка»: the list, and a document with everything a document may have."""

from pathlib import Path

from django.utils.safestring import mark_safe

from otklik.web.help.library import Document
from otklik.web.help.rendering import Rendered, Section
from otklik.web.help.view import HelpIndex, HelpPage
from tests.browser.gallery.samples.common import Screen


def document(key: str, title: str, about: str = "") -> Document:
    return Document(key, Path(f"{key}.md"), title, about)


INDEX = HelpIndex(
    tutorial=document("tutorial", "Первый день", "от входа до размещённого ответа, с картинками"),
    own=(document("curator", "Куратор", "отбирает, направляет, согласует"),),
    others=(
        document("executor", "Исполнитель", "готовит ответ в срок"),
        document("responsible", "Ответственное должностное лицо", "следит, чтобы сроки не срывались"),
    ),
    reference=(document("guide", "Руководство", "очередь, карточка, что говорят часы и отказ"),),
)
BODY = """
<p>Через вас проходит всё: вы решаете, что взять в работу. В демонстрации: <code>a.curator</code>.</p>
<h2 id="с-утра">С утра</h2>
<ol><li><p>Откройте <a href="/help/guide/">«Ждут меня»</a>.</p></li>
<li><p><strong>«Взять в работу»</strong>.</p></li></ol>
<p><img src="/files/1/" alt="Очередь куратора" width="160" height="120" loading="lazy"></p>
<h2 id="если-что-то-не-так">Если что-то не так</h2>
<div class="table-scroll" tabindex="0" role="region" aria-label="Таблица"><table class="plain-table">
<thead><tr><th>вы видите</th><th>что делать</th></tr></thead>
<tbody><tr><td>Орган не тот</td><td>Направьте другому</td></tr></tbody></table></div>
<pre tabindex="0"><code>./run otklik backup ПАПКА              # резервная копия, куда положить и как часто её делать
</code></pre>
<blockquote><p>Приложите подтверждение: фото, видео, скан акта.</p></blockquote>
"""
PAGE = HelpPage(
    document("curator", "Куратор"),
    Rendered(
        title="День куратора",
        body=mark_safe(BODY),  # noqa: S308 - a sample
        sections=(Section("с-утра", "С утра"), Section("если-что-то-не-так", "Если что-то не так")),
        anchors=frozenset(),
    ),
    INDEX,
)
HELP_SCREENS = {
    "help": Screen(template="help/index.html", context={"page": INDEX}),
    "help-page": Screen(template="help/page.html", context={"page": PAGE}),
}
