"""Files for the demo's replies, drawn here: a plain picture with its caption, or a one-page document."""

import io

from PIL import Image, ImageDraw

SIZE = (640, 400)


def picture(caption: str) -> bytes:
    """A JPEG that looks like nothing in particular, different for each caption."""
    seed = sum(caption.encode())
    sky, ground = (150 + seed % 60, 180 + seed % 50, 215), (90 + seed % 70, 110 + seed % 50, 80)
    drawn = Image.new("RGB", SIZE, sky)
    pen = ImageDraw.Draw(drawn)
    horizon = 180 + seed % 80
    pen.rectangle((0, horizon, *SIZE), fill=ground)
    pen.polygon(((260, SIZE[1]), (380, SIZE[1]), (330, horizon), (310, horizon)), fill=(95, 95, 100))
    pen.ellipse((500, 40, 560, 100), fill=(250, 220, 130))
    content = io.BytesIO()
    drawn.save(content, "JPEG", quality=80)
    return content.getvalue()


def document() -> bytes:
    """A PDF of one blank page: a stand-in for a scanned act of acceptance."""
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    )
    content, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(content)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % table
    return content + b"xref\n0 4\n0000000000 65535 f \n" + rows + trailer
