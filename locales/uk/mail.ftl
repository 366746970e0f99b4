# Листи. Кожен вид має mail-ВИД-subject, mail-ВИД-text і mail-ВИД-button; порожній рядок у тексті починає новий абзац.
# Тема стає й заголовком, тож текст її не повторює (заголовок листа про звернення — тема самого звернення).
# Після тексту лист може нести слова людини (відповідь, коментар, причину), тому деякі тексти закінчуються двокрапкою.
# Значення: name — отримувач; who — хто це зробив; customer — клієнт; organisation — куди запрошують; company — чий
# портал; design — назва проєкту; order і ticket — номери; subject — тема звернення; step — назва етапу.
mail-greeting = Вітаємо!
mail-greeting-name = Вітаємо, { $name }!
mail-link-hint = Якщо кнопка не працює, скопіюйте цю адресу в браузер:
mail-footer-account = Ви отримали цей лист, бо на порталі { $company } вказали вашу адресу. Якщо це були не ви, нічого робити не треба.
mail-footer-must = Ви отримали цей лист від { $company }, бо він стосується вашої домовленості з нами.
mail-footer-designs = { $company } пише вам, бо ви стежите за проєктами на порталі.
mail-footer-orders = { $company } пише вам, бо ви стежите за замовленнями на порталі.
mail-footer-tickets = { $company } пише вам, бо ви стежите за зверненнями на порталі.
mail-unsubscribe-designs = Не писати мені про проєкти
mail-unsubscribe-orders = Не писати мені про замовлення
mail-unsubscribe-tickets = Не писати мені про звернення

# Сторінка, на яку веде посилання внизу листа.
unsubscribe-designs = Більше не писати вам про проєкти?
unsubscribe-designs-button = Не писати про проєкти
unsubscribe-orders = Більше не писати вам про замовлення?
unsubscribe-orders-button = Не писати про замовлення
unsubscribe-tickets = Більше не писати вам про звернення?
unsubscribe-tickets-button = Не писати про звернення
unsubscribe-about = На порталі ви й далі бачитимете все. Про пароль, запрошення та домовленості з вами ми писатимемо, як і раніше.
unsubscribed-designs = Про проєкти більше не пишемо
unsubscribed-orders = Про замовлення більше не пишемо
unsubscribed-tickets = Про звернення більше не пишемо
unsubscribed-about = Ваш вибір збережено. Якщо передумаєте, увімкніть ці листи знову у своєму профілі.
unsubscribed-change = Обрати, про що писати листом

mail-confirm-address-subject = Підтвердьте свою пошту
mail-confirm-address-text =
    Дякуємо, що зареєструвалися. Залишився один крок: підтвердьте, що ця пошта ваша, і оберіть пароль.

    Посилання спрацює один раз упродовж двох днів.
mail-confirm-address-button = Підтвердити пошту

mail-already-registered-subject = У вас уже є обліковий запис
mail-already-registered-text =
    Хтось, найімовірніше ви, щойно реєструвався з цією адресою. Обліковий запис із нею вже є, тож другого ми не створили.

    Просто увійдіть, а якщо пароль забувся, встановіть новий.
mail-already-registered-button = Встановити новий пароль

mail-no-account-subject = З цією адресою немає облікового запису
mail-no-account-text =
    Хтось, найімовірніше ви, просив новий пароль, але облікового запису з цією адресою немає.

    Можливо, ви реєструвалися з іншою адресою: спробуйте з нею. Якщо ви тут уперше, зареєструйтеся, і можна починати.
mail-no-account-button = Зареєструватися

mail-reset-password-subject = Новий пароль
mail-reset-password-text =
    Ви попросили встановити новий пароль. Посилання діє одну годину й спрацює один раз.

    Якщо ви про це не просили, просто залиште лист без уваги: пароль не зміниться.
mail-reset-password-button = Встановити пароль

mail-invitation-subject = { $organisation }: вас запрошують до спільної роботи
mail-invitation-text =
    { $who } запрошує вас долучитися до організації «{ $organisation }». Ви разом бачитимете її проєкти, замовлення та звернення.
mail-invitation-button = Прийняти запрошення

mail-staff-invitation-subject = { $company }: ваше робоче місце на порталі
mail-staff-invitation-text =
    { $who } додає вас до команди «{ $company }». Встановіть пароль, і можна братися до роботи.

    Посилання діє сім днів і спрацює один раз.
mail-staff-invitation-button = Встановити пароль

# Самі файли листом не йдуть.
mail-files = Із файлами, вони на сторінці: { $files }

mail-design-comment-subject = Новий коментар: { $design }
mail-design-comment-text = Сказано в проєкті, поки вас у ньому не було:
mail-design-comment-button = Відповісти в проєкті

mail-proposal-subject = Пропозиція готова: { $design }
mail-proposal-text =
    Креслення, ціна й строк готові. Перегляньте пропозицію та погодьте її або напишіть, що змінити.
mail-proposal-button = Переглянути пропозицію

mail-approved-subject = Погоджено: { $design }
mail-approved-text =
    Тепер це замовлення № { $order }. Погоджена версія вже не зміниться.

    Про кожен важливий крок ми напишемо.
mail-approved-button = Відкрити замовлення

mail-approved-staff-subject = { $customer } погоджує: { $design }
mail-approved-staff-text = За пропозицією створено замовлення № { $order }.
mail-approved-staff-button = Відкрити замовлення

mail-version-staff-subject = { $customer } зберігає версію: { $design }
mail-version-staff-text = Версія { $version } чекає на нашу пропозицію. Про те, що ще не вирішено, можна спитати у проєкті.
mail-version-staff-button = Відкрити проєкт

mail-declined-staff-subject = { $customer } відхиляє: { $design }
mail-declined-staff-text = Пропозиція повернулася до нас. Причина:
mail-declined-staff-button = Відкрити проєкт

mail-order-step-subject = Замовлення № { $order }: { $step }
mail-order-step-text = Цей етап виконано, ваше замовлення просувається далі.
mail-order-step-button = Подивитися замовлення

mail-order-shipped-subject = Замовлення № { $order } у дорозі
mail-order-shipped-text =
    Ми його відправили, воно вже їде до вас.

    Перевізник: { $carrier } { $tracking }
mail-order-shipped-button = Подивитися замовлення

mail-order-delivered-subject = Замовлення № { $order } доставлено
mail-order-delivered-text =
    Огляньте його й підтвердьте, що все гаразд.

    Якщо щось не так, напишіть нам просто зі сторінки замовлення.
mail-order-delivered-button = Оглянути та прийняти

mail-order-accepted-staff-subject = { $customer } приймає замовлення № { $order }
mail-order-accepted-staff-text = Клієнт оглянув його й підтверджує, що все гаразд.
mail-order-accepted-staff-button = Відкрити замовлення

mail-ticket-opened-staff-subject = [№ { $ticket }] { $subject }
mail-ticket-opened-staff-text = Нове звернення від { $customer }:
mail-ticket-opened-staff-button = Відповісти

mail-ticket-received-subject = [№ { $ticket }] { $subject }
mail-ticket-received-text =
    Ми отримали ваше звернення, його номер { $ticket }. Відповідь надійде листом і з’явиться на сторінці звернення.

    Ви написали:
mail-ticket-received-button = Відкрити звернення

mail-ticket-answer-subject = [№ { $ticket }] { $subject }
mail-ticket-answer-text = { $who } відповідає:
mail-ticket-answer-button = Відкрити звернення

mail-ticket-solved-subject = [№ { $ticket }] { $subject }
mail-ticket-solved-text =
    { $who } позначає це звернення як вирішене.

    Якщо питання ще є, напишіть на сторінці звернення, і воно відкриється знову.
mail-ticket-solved-button = Відкрити звернення

mail-ticket-message-staff-subject = [№ { $ticket }] { $subject }
mail-ticket-message-staff-text = { $who } пише:
mail-ticket-message-staff-button = Відповісти
