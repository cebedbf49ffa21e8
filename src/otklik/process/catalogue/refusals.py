"""Why not: one sentence a code, with the refusal's facts in braces. Russian, English."""

from otklik.process.catalogue.plain import Words
from otklik.process.refusal import RefusalCode as R

REFUSALS: dict[R, Words] = {
    # Who
    R.OUTSIDER: ("Вы не участвуете в работе с этим сообщением.", "You take no part in this incident."),
    R.NOT_YOUR_ROLE: ("Этот шаг не для вашей роли.", "This step is not for your role."),
    R.NOT_YOUR_UNIT: (
        "Сообщение находится в другом подразделении: {units}.",
        "The incident lies with another unit: {units}.",
    ),
    R.RANK_TOO_LOW: (
        "Акт требует должности не ниже: {not_below}; у вас: {rank}.",
        "The act asks for a rank not below {not_below}; yours is {rank}.",
    ),
    R.SELF_REVIEW: (
        "Свой проект согласует другой: акт не соединяет эти роли в одних руках.",
        "Nobody approves their own draft: the act does not put these roles in one hand.",
    ),
    R.ONLY_PROGRAM: ("Это записывает сама программа.", "The program alone records this."),
    R.HOLDER_HAS_ACCOUNT: (
        "У того, за кого вы записываете шаг ({role}), есть учётная запись: он делает это сам.",
        "The holder of the role ({role}) has an account and takes the step themselves.",
    ),
    R.EVIDENCE_FOR_ANOTHER: (
        "Шаг за другого ({role}) записывают с подтверждением: письмо, снимок экрана, звонок.",
        "A step for somebody else ({role}) is recorded with evidence: a letter, a screenshot, a call.",
    ),
    # When
    R.TIME_WITHOUT_ZONE: ("Время указано без часового пояса: {happened_at}.", "Time without a zone: {happened_at}."),
    R.IN_FUTURE: ("Время шага ещё не наступило: {happened_at}.", "The time lies in the future: {happened_at}."),
    R.EVIDENCE_FOR_LATE_RECORD: (
        "Шаг записывают позже, чем он сделан: укажите подтверждение.",
        "The step is recorded later than it was done: give the evidence.",
    ),
    R.BEFORE_DETECTION: (
        "Шаг не мог быть раньше выявления сообщения ({detected_at}).",
        "The step cannot have happened before detection ({detected_at}).",
    ),
    R.BEFORE_PREVIOUS: (
        "Шаг не мог быть раньше предыдущего ({previous_at}).",
        "The step cannot have happened before the one it follows ({previous_at}).",
    ),
    # Where it stands
    R.NOT_DETECTED: ("Такого сообщения в работе нет.", "There is no such incident."),
    R.DETECTED_ALREADY: ("Сообщение уже выявлено.", "The message is detected already."),
    R.WRONG_STAGE: ("Сейчас это невозможно: {stage}.", "Not possible now: {stage}."),
    R.ENDED: ("Работа с сообщением окончена: {stage}.", "The incident is over: {stage}."),
    R.IN_FLIGHT: (
        "Сначала должно решиться то, что уже в движении: {reply}.",
        "Something is under way and must be settled first: {reply}.",
    ),
    R.REPLY_STANDS: (
        "Автору уже размещено: {reply}. Сначала отзовите.",
        "The author has been given: {reply}. Withdraw it first.",
    ),
    # Words that are wanted
    R.UNKNOWN_NAME: ("Неизвестное значение «{named}» ({what}).", "Unknown value «{named}» ({what})."),
    R.REASON_REQUIRED: ("Укажите причину словами.", "Give the reason in words."),
    R.GROUND_REQUIRED: (
        "Назовите основание из списка акта: {known}.",
        "Name a ground from the act's list: {known}.",
    ),
    # Selection
    R.KIND_UNKNOWN: (
        "Такого вида сообщений акт не знает. Есть: {known}.",
        "Unknown kind of message. The act has: {known}.",
    ),
    R.NETWORK_OUT_OF_SCOPE: (
        "Площадка «{network}» не входит в то, с чем работает акт ({kind}: {networks}).",
        "The network «{network}» is outside the act's scope ({kind}: {networks}).",
    ),
    R.NOT_CRITICAL: (
        "По акту в работу берут только критические сообщения.",
        "The act takes in messages of a critical nature only.",
    ),
    R.IMPORTANCE_UNKNOWN: ("Такой важности акт не знает. Есть: {known}.", "Unknown importance. The act has: {known}."),
    R.IMPORTANCE_BY_DECISION: (
        "«{importance}» даёт не отметка, а решение по этому сообщению.",
        "«{importance}» is given by a decision on the incident, not by a tag.",
    ),
    R.IMPORTANCE_NOT_HIGHER: (
        "Важность можно только повысить, а выше нет: {importance}.",
        "Importance can only be raised, and there is none higher: {importance}.",
    ),
    R.NO_SHORTENED_TERM: (
        "Решения о сокращённом сроке акт не знает.",
        "The act knows no decision on a shortened term.",
    ),
    R.GROUND_UNKNOWN: ("Такого основания в акте нет. Есть: {known}.", "The act has no such ground. It has: {known}."),
    R.NOTHING_TO_PROCESS: (
        "По этому основанию акт не велит ни отвечать, ни обрабатывать.",
        "On this ground the act has it neither answered nor processed.",
    ),
    R.PROCEDURE_UNKNOWN: (
        "Акт не направляет сообщения в такой порядок. Есть: {known}.",
        "The act sends nothing to such a procedure. It has: {known}.",
    ),
    R.BLOCK_NOT_PROVIDED: (
        "По этому основанию акт не позволяет блокировать автора.",
        "On this ground the act does not let the author be blocked.",
    ),
    R.BLOCKED_ALREADY: ("Автор уже заблокирован.", "The author is blocked already."),
    R.NOT_A_REPEAT: ("Сообщение не признано повторным.", "The message is not a repeat."),
    R.REPEAT_WHOLE_PROCESS: (
        "Такое повторное сообщение акт ведёт через весь порядок заново.",
        "The act takes such a repeat through the whole process again.",
    ),
    R.LINK_REQUIRED: (
        "Укажите ссылку на прежний ответ, которая начинается с http:// или https://.",
        "Give the link to the earlier reply, one that begins with http:// or https://.",
    ),
    # The way to the executor
    R.NOT_RECEIVED: (
        "Сообщение ещё не получено от куратора.",
        "The incident has not been received from the curator yet.",
    ),
    R.RECEIPT_NOT_PROVIDED: (
        "Отдельного получения от куратора акт не знает.",
        "The act knows no receipt from the curator.",
    ),
    R.SAME_UNIT: (
        "Сообщение уже было там: {unit}. Направьте другому.",
        "It has been there already: {unit}. Send it to another.",
    ),
    R.RETURN_NOT_PROVIDED: (
        "О возврате акт молчит: неверного адресата меняет тот, кто направил.",
        "The act is silent on returns: whoever routed it sends it to another.",
    ),
    R.RETURN_LAPSED: (
        "Вернуть уже нельзя: по сообщению начата работа. Перенаправить может тот, кто направил.",
        "It can no longer be returned: work on it has begun. Whoever routed it may send it to another.",
    ),
    R.PARTS_NOT_PROVIDED: (
        "Ответа по частям от нескольких органов акт не знает.",
        "The act knows no reply in parts from several bodies.",
    ),
    R.PARTS_EMPTY: ("Назовите хотя бы один орган.", "Name at least one body."),
    R.PARTS_ORDER_FIXED: (
        "По акту части запрашивают у всех сразу, без очереди.",
        "The act has all bodies asked at once, in no order.",
    ),
    R.BODY_ASKED_ALREADY: ("Уже запрошено: {bodies}.", "Asked already: {bodies}."),
    R.CONSOLIDATOR_REQUIRED: (
        "Назначьте, кто готовит сводный ответ.",
        "Name who prepares the common reply.",
    ),
    R.CONSOLIDATOR_FIXED: (
        "Кто готовит сводный ответ, определил сам акт.",
        "The act itself says who prepares the common reply.",
    ),
    R.CONSOLIDATOR_NOT_ASKED: (
        "Сводный ответ готовит один из запрошенных органов, а этот не запрошен: {unit}.",
        "One of the bodies asked prepares the common reply; this one is not asked: {unit}.",
    ),
    R.PART_UNKNOWN: ("Такой части никто не ждёт: {part}.", "No such part is awaited: {part}."),
    R.PARTS_MISSING: ("Ещё не поступили части: {bodies}.", "Parts are still awaited: {bodies}."),
    # The reply
    R.NOT_ROUTED: (
        "Сообщение ещё никому не направлено.",
        "The incident has not been sent to anybody yet.",
    ),
    R.DRAFT_STALE: (
        "Пока вы писали, появилась другая версия: у вас {base_version}, сейчас {current_version}.",
        "Another version was saved meanwhile: yours is on {base_version}, the latest is {current_version}.",
    ),
    R.NO_DRAFT: ("Проекта ещё нет.", "There is no draft yet."),
    R.TEXT_REQUIRED: ("Напишите текст.", "Write the text."),
    R.UNDER_REVIEW: (
        "Проект на рассмотрении: пока его не вернут, он не меняется.",
        "The draft is under review and does not change until it is sent back.",
    ),
    R.APPROVED_LOCKED: (
        "Текст согласован и не меняется. Если нужна правка, его возвращают на доработку.",
        "The text is approved and does not change. To mend it, it is sent back.",
    ),
    R.ALREADY_PUBLISHED: (
        "Уже размещено: {reply}. Второй раз не размещают, исправляют.",
        "Published already: {reply}. It is not published twice; it is corrected.",
    ),
    R.INTERIM_NOT_PROVIDED: ("Промежуточного ответа акт не знает.", "The act knows no interim reply."),
    R.INTERIM_ONCE: (
        "Промежуточный ответ уже был; теперь готовят окончательный.",
        "An interim reply was given already; the final one comes next.",
    ),
    R.IMPOSSIBILITY_REQUIRED: (
        "Промежуточный ответ — только если вопрос нельзя решить в срок: укажите почему.",
        "An interim reply only where the question cannot be solved in the term: say why.",
    ),
    R.CLARIFICATION_NOT_PROVIDED: (
        "Запроса (уточнения) автору акт не знает.",
        "The act knows no request for clarification.",
    ),
    R.FIRST_RESPONSE_NOT_PROVIDED: ("Отдельного первого отклика акт не знает.", "The act knows no first response."),
    R.CORRECTION_NOT_OPEN: (
        "Исправление или отзыв сначала открывают, указав причину.",
        "A correction or withdrawal is opened first, with its reason.",
    ),
    R.STATES_UNKNOWN: (
        "Неизвестно, о чём говорит проект: {unknown}. Бывает: {known}.",
        "Unknown statement of the draft: {unknown}. Known: {known}.",
    ),
    R.ATTACHMENT_UNKNOWN: (
        "Неизвестный вид вложения: {unknown}. Бывает: {known}.",
        "Unknown kind of attachment: {unknown}. Known: {known}.",
    ),
    R.EVIDENCE_REQUIRED: (
        "В проекте сказано: {states}. Приложите подтверждение: {accepted}.",
        "The draft states: {states}. Attach evidence: {accepted}.",
    ),
    R.REPEAT_MUST_STATE: (
        "В ответе на повторное сообщение должно быть одно из: {must_state}.",
        "A reply to a repeat must state one of: {must_state}.",
    ),
    R.PROMISE_IN_PAST: ("Обещанный срок уже прошёл: {due_on}.", "The promised date has passed: {due_on}."),
    R.NO_REVIEW: (
        "Согласования для таких сообщений акт не устанавливает: ответ размещают сразу.",
        "The act sets no review for such messages: the reply is published directly.",
    ),
    R.NO_VISA: ("Визы внутри органа акт не знает.", "The act knows no visa inside the body."),
    R.JOINT_REWORK_NOT_PROVIDED: (
        "Совместной доработки акт не знает: проект возвращают исполнителю.",
        "The act knows no joint rework: the draft is sent back.",
    ),
    # Publication
    R.TEXT_TOO_LONG: (
        "В ответе {length} знаков, предел сети {limit}. Сократите.",
        "The reply has {length} characters, the limit of the network is {limit}. Shorten it.",
    ),
    R.PHRASE_BANNED: (
        "Фраза «{phrase}» в ответах запрещена. Перепишите.",
        "The phrase «{phrase}» is not allowed in replies. Put it otherwise.",
    ),
    R.NOT_APPROVED: ("Проект не согласован.", "The draft is not approved."),
    R.OWN_ACCOUNT_NOT_PROVIDED: (
        "Акт велит размещать там, где стоит сообщение; своей страницы взамен он не называет.",
        "The act has it published where the message stands, and names no other place.",
    ),
    R.IMPOSSIBILITY_OF_PLACE_REQUIRED: (
        "Укажите, почему нельзя разместить там, где стоит сообщение.",
        "Say why it cannot be published where the message stands.",
    ),
    R.AUTHOR_LINK_REQUIRED: ("Нужна ссылка на автора сообщения.", "A link to the author is needed."),
    R.URL_REQUIRED: ("Укажите ссылку на размещённый ответ.", "Give the link to the published reply."),
    R.OUTCOME_UNKNOWN_YET: (
        "Неизвестно, размещено ли уже: {reply}. Сначала посмотрите на месте.",
        "It is unknown whether it stands there: {reply}. Look first.",
    ),
    R.NOTHING_SENT: ("На размещение ничего не передавали.", "Nothing was handed over for publication."),
    R.NOTHING_PUBLISHED: ("Исправлять нечего: ничего не размещено.", "Nothing is published that could be changed."),
    # After it
    R.NOTHING_ASKED: ("Автора ни о чём не спрашивали.", "The author was asked nothing."),
    R.PROMISE_UNKNOWN: ("Такого обещания на контроле нет: {promise}.", "No such promise is open: {promise}."),
    R.PROMISES_OPEN: ("На контроле ещё есть обещания: {promises}.", "Promises are still open: {promises}."),
    R.REPORT_DUE: ("Ещё не доложено: {about}.", "Still to be reported: {about}."),
    R.OUTCOME_NOT_LISTED: ("Такого исхода нет. Есть: {known}.", "No such outcome. There are: {known}."),
    R.LINKED_ALREADY: ("Эти сообщения уже связаны.", "They are linked already."),
    R.NOT_LINKED: ("Такой связи нет.", "There is no such link."),
    R.NO_REPLY_YET: ("Окончательного ответа автору ещё нет.", "The author has no final reply yet."),
    R.REMINDED_LATELY: (
        "О том же шаге напомнили {minutes} мин назад: чаще раза в час не напоминаем.",
        "A reminder of the same step was sent {minutes} min ago: not more than once an hour.",
    ),
    R.NOBODY_TO_REMIND: (
        "Напоминать некому: ни за кем этого шага сейчас нет.",
        "Nobody to remind: the step waits for nobody now.",
    ),
    # Reports and terms
    R.REPORT_NOT_PROVIDED: (
        "Немедленного доклада об этом акт не требует.",
        "The act asks for no immediate report on this.",
    ),
    R.CONFIRMED_ALREADY: ("Уже признано: {about}.", "Confirmed already: {about}."),
    R.NOTHING_TO_REPORT: ("Докладывать нечего.", "There is nothing to report."),
    R.STEP_UNKNOWN: ("Такого шага в акте нет: {step}.", "The act has no such step: {step}."),
    R.TERM_FIXED: ("Этот срок назначил сам акт.", "The act itself has set this term."),
    R.TERM_AMOUNT: (
        "Укажите одно: время окончания или число рабочих минут.",
        "Give one of the two: when it is due, or so many working minutes.",
    ),
    R.TERM_IN_PAST: ("Срок уже прошёл: {due_at}.", "The term has passed: {due_at}."),
    R.EXTENSION_NOT_PROVIDED: ("Продления этого срока акт не знает.", "The act knows no extension of this term."),
    R.EXTENDED_ALREADY: ("Срок уже продлевали: {times} раз.", "The term was extended already: {times} times."),
    R.EXTENSION_TOO_LONG: ("Дольше, чем позволяет акт: не позднее {latest}.", "Longer than allowed: at most {latest}."),
    R.NOTHING_TO_TELL: ("Сообщать автору не о чем.", "There is nothing to tell the author."),
    R.VERDICT_STANDS: (
        "Исход срока записан и меняется только человеком с основанием.",
        "The outcome of the term stands; only a person corrects it, with a ground.",
    ),
    R.VERDICT_UNKNOWN: ("Такого исхода срока нет.", "There is no such outcome of a term."),
}
