"""The places where messages stand, as the screens name and mark them."""

from otklik.web.view import Network, NetworkTone

NETWORKS: dict[str, Network] = {
    network.code: network
    for network in (
        Network(code="vk", mark="ВК", name="ВКонтакте"),
        Network(code="ok", mark="ОК", name="Одноклассники"),
        Network(code="telegram", mark="ТГ", name="Телеграм", tone=NetworkTone.MESSENGER),
        Network(code="max", mark="МАКС", name="МАКС", tone=NetworkTone.MESSENGER),
        Network(code="facebook", mark="ФБ", name="Facebook"),
        Network(code="instagram", mark="ИГ", name="Instagram"),
        Network(code="twitter", mark="ТВ", name="Twitter (X)"),
        Network(code="whatsapp", mark="WA", name="WhatsApp", tone=NetworkTone.MESSENGER),
        Network(code="viber", mark="ВБ", name="Viber", tone=NetworkTone.MESSENGER),
        Network(code="youtube", mark="ЮТ", name="YouTube"),
        Network(code="rutube", mark="РТ", name="Rutube"),
        Network(code="tiktok", mark="ТТ", name="TikTok"),
        Network(code="dzen", mark="ДЗЕН", name="Дзен", tone=NetworkTone.SITE),
        Network(code="livejournal", mark="ЖЖ", name="Живой Журнал", tone=NetworkTone.SITE),
        Network(code="forum", mark="ФОР", name="Форум", tone=NetworkTone.SITE),
        Network(code="blog", mark="БЛОГ", name="Блог", tone=NetworkTone.SITE),
        Network(code="reviews", mark="ОТЗ", name="Сайт отзывов", tone=NetworkTone.SITE),
        Network(code="site", mark="САЙТ", name="Сайт", tone=NetworkTone.SITE),
        Network(code="demo", mark="ДЕМО", name="Демосеть", tone=NetworkTone.DEMO),
    )
}

GROUPS: dict[str, Network] = {
    network.code: network
    for network in (
        Network(code="social", mark="СОЦ", name="Социальная сеть"),
        Network(code="messenger", mark="МСЖ", name="Мессенджер", tone=NetworkTone.MESSENGER),
        Network(code="video", mark="ВИД", name="Видеохостинг"),
    )
}
"""Where an imported file does not say which: nobody chooses these."""


def network(code: str) -> Network:
    """The network called `code`; one that nobody has named keeps its code."""
    return (
        NETWORKS.get(code)
        or GROUPS.get(code)
        or Network(code=code, mark=code[:4].upper() or "?", name=code or "не указано")
    )
