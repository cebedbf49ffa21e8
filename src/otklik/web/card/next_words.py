"""What the card says of the next step: what the viewer is to do, or what is waited for. The act gives buttons words."""

from otklik.process.commands import CommandName
from otklik.process.state import Stage
from otklik.regulation.model import StepKind

C = CommandName

DO: dict[CommandName, str] = {
    C.SELECT: "Решите, что делать с сообщением",
    C.LEAVE_OUT: "Сообщение вернули: заберите его из работы",
    C.PROCESS_EXCLUDED: "Ответа не будет: запишите, что сделано",
    C.LINK_REPEAT: "Вопрос уже отвечен: дайте ссылку на тот ответ",
    C.RECEIVE: "Отметьте, что куратор передал сообщение",
    C.ROUTE: "Выберите, кто готовит ответ",
    C.SUBMIT_PART: "Напишите свою часть ответа",
    C.SAVE_DRAFT: "Напишите ответ",
    C.SUBMIT_DRAFT: "Проверьте проект и отправьте дальше",
    C.GIVE_VISA: "Прочитайте проект и завизируйте",
    C.APPROVE: "Прочитайте проект и решите",
    C.SEND_BACK: "Так разместить не удалось: нужен другой проект",
    C.REQUEST_PUBLICATION: "Ответ согласован, осталось разместить",
    C.CONFIRM_PUBLISHED: "Проверьте, появился ли ответ на месте",
    C.CLOSE: "Запишите, чем всё кончилось",
    C.REPORT: "Об этом надо доложить",
    C.TELL_AUTHOR: "Сообщите автору о продлении срока",
    C.KEEP_PROMISE: "Обещанный срок: проверьте, сделано ли",
}

WITHOUT_REVIEW = "Ответ готов, осталось разместить"
"""For `REQUEST_PUBLICATION` where the act has no review."""
REWORK = "Исправьте проект по замечаниям"
"""For `SAVE_DRAFT` after a refusal."""

WAIT: dict[StepKind, str] = {
    StepKind.SELECT: "Ждём отбора",
    StepKind.HAND_OVER: "Ждём, пока направят в орган",
    StepKind.REQUEST_PART: "Ждём часть ответа",
    StepKind.CONSOLIDATE: "Ждём общий ответ",
    StepKind.DRAFT: "Ждём проект ответа",
    StepKind.REWORK: "Ждём исправленный проект",
    StepKind.VISA: "Ждём визу",
    StepKind.REVIEW: "Ждём согласования",
    StepKind.PUBLISH: "Ждём размещения",
    StepKind.REPORT: "Ждём доклада",
    StepKind.TELL_AUTHOR: "Ждём, пока сообщат автору",
}

WAIT_FOR: dict[CommandName, str] = {
    C.RECEIVE: "Ждём сообщение от куратора",
    C.LINK_REPEAT: "Ждём ответа ссылкой",
    C.SEND_BACK: "Ждём возврата на доработку",
    C.CONFIRM_PUBLISHED: "Ждём проверки: появился ли ответ",
    C.CLOSE: "Ждём закрытия",
    C.PROCESS_EXCLUDED: "Ждём отметки об обработке",
    C.LEAVE_OUT: "Ждём решения куратора",
    C.KEEP_PROMISE: "Ждём, пока сделают обещанное",
}
"""Where the command says more than its step."""

STILL: dict[Stage, tuple[str, str]] = {
    Stage.PUBLISHING: ("Ответ размещается", "Ждать не нужно: Отклик разместит его сам и запишет место."),
    Stage.WAITING_AUTHOR: ("Ждём ответа автора", "Когда он напишет под своим сообщением, ответ появится здесь."),
    Stage.ANSWERED: ("Ответ размещён", "Делать больше ничего не нужно."),
    Stage.CLOSED: ("Сообщение закрыто", ""),
    Stage.EXCLUDED: ("Ответа не будет", "Сообщение не подлежит ответу."),
}
"""When nothing waits for anybody."""
PROMISED = "Обещанный срок на контроле: {day}. За три дня до него сообщение встанет в «Ждут меня»."
"""Beside it, while a promised day is far off."""
