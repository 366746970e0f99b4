# Листи. Кожен вид листа має mail-ВИД-subject, mail-ВИД-text і mail-ВИД-button; порожній рядок у тексті починає абзац.
# Тема є також заголовком, тому текст її не повторює (заголовок листа про звернення — тема самого звернення).
# Після тексту лист може містити слова людини (відповідь, коментар, причину), тому деякі тексти закінчуються двокрапкою.
# Значення: name — отримувач; who — хто це зробив; customer — клієнт; organisation — куди запрошують; company — чий
# портал; design — назва проєкту; version, order і ticket — номери; subject — тема звернення; step — назва етапу.
# Імена не відмінюються, тому вітання їх не містить, а інші тексти ставлять ім’я в називному відмінку або після
# слова-рамки: «компанії { QUOTE($company) }».
mail-greeting = Добрий день!
mail-greeting-name = Добрий день!
mail-link-hint = Якщо кнопка не працює, скопіюйте цю адресу в браузер:
mail-footer-account = Ви отримали цього листа, бо вашу адресу вказали на порталі компанії { QUOTE($company) }. Якщо це були не ви, нічого робити не потрібно.
mail-footer-must = Ви отримали цього листа від компанії { QUOTE($company) }, бо він стосується вашої домовленості з нами.
mail-footer-designs = Ви отримали цього листа від компанії { QUOTE($company) }, бо стежите за проєктами на порталі.
mail-footer-orders = Ви отримали цього листа від компанії { QUOTE($company) }, бо стежите за замовленнями на порталі.
mail-footer-tickets = Ви отримали цього листа від компанії { QUOTE($company) }, бо стежите за зверненнями на порталі.
mail-unsubscribe-designs = Відписатися від листів про проєкти
mail-unsubscribe-orders = Відписатися від листів про замовлення
mail-unsubscribe-tickets = Відписатися від листів про звернення

# Сторінка, на яку веде посилання внизу листа.
unsubscribe-designs = Відписатися від листів про проєкти?
unsubscribe-designs-button = Відписатися
unsubscribe-orders = Відписатися від листів про замовлення?
unsubscribe-orders-button = Відписатися
unsubscribe-tickets = Відписатися від листів про звернення?
unsubscribe-tickets-button = Відписатися
unsubscribe-about = На порталі ви й далі бачитимете все. Листи про паролі, запрошення та домовленості з вами ми надсилатимемо, як і раніше.
unsubscribed-designs = Ви відписалися від листів про проєкти
unsubscribed-orders = Ви відписалися від листів про замовлення
unsubscribed-tickets = Ви відписалися від листів про звернення
unsubscribed-about = Ваш вибір збережено. Увімкнути ці листи знову можна у профілі.
unsubscribed-change = Налаштувати листи

mail-confirm-address-subject = Підтвердьте свою пошту
mail-confirm-address-text =
    Дякуємо за реєстрацію. Залишився один крок: підтвердьте, що ця пошта ваша, і оберіть пароль.

    Посилання діє два дні й спрацює лише один раз.
mail-confirm-address-button = Підтвердити пошту

mail-already-registered-subject = У вас уже є обліковий запис
mail-already-registered-text =
    Хтось, найімовірніше ви, щойно намагався зареєструватися з цією адресою. Обліковий запис із нею вже є, тому нового ми не створили.

    Увійдіть або, якщо забули пароль, встановіть новий.
mail-already-registered-button = Встановити новий пароль

mail-no-account-subject = З цією адресою немає облікового запису
mail-no-account-text =
    Хтось, найімовірніше ви, хотів встановити новий пароль, але облікового запису з цією адресою немає.

    Якщо ви реєструвалися з іншою адресою, спробуйте її. Якщо ви в нас уперше, зареєструйтеся.
mail-no-account-button = Зареєструватися

mail-reset-password-subject = Новий пароль
mail-reset-password-text =
    Ви попросили встановити новий пароль. Посилання діє одну годину й спрацює лише один раз.

    Якщо ви про це не просили, не зважайте на цей лист: пароль не зміниться.
mail-reset-password-button = Встановити пароль

mail-invitation-subject = Запрошення до організації { QUOTE($organisation) }
mail-invitation-text =
    { $who } запрошує вас долучитися до організації. Ви матимете спільні проєкти, замовлення та звернення.
mail-invitation-button = Прийняти запрошення

mail-staff-invitation-subject = Запрошення до команди компанії { QUOTE($company) }
mail-staff-invitation-text =
    { $who } запрошує вас до команди. Щоб почати роботу, встановіть пароль.

    Посилання діє сім днів і спрацює лише один раз.
mail-staff-invitation-button = Встановити пароль

# Файли до листа не додаються.
mail-files = Файли, які можна відкрити на сторінці: { $files }

mail-design-comment-subject = Новий коментар: { $design }
mail-design-comment-text = Поки вас не було в проєкті, там написали:
mail-design-comment-button = Відповісти в проєкті

mail-proposal-subject = Пропозиція готова: { $design }
mail-proposal-text =
    Креслення, ціна та дата доставки готові. Перегляньте пропозицію та погодьте її або напишіть, що змінити.
mail-proposal-button = Переглянути пропозицію

mail-approved-subject = Погоджено: { $design }
mail-approved-text =
    Створено замовлення № { $order }. Погоджену версію вже не можна змінити.

    Ми напишемо вам про кожен важливий етап.
mail-approved-button = Переглянути замовлення

mail-approved-staff-subject = Пропозицію погоджено: { $design } ({ $customer })
mail-approved-staff-text = За пропозицією створено замовлення № { $order }.
mail-approved-staff-button = Відкрити замовлення

mail-version-staff-subject = Нова версія: { $design } ({ $customer })
mail-version-staff-text = Версія { $version } чекає на нашу пропозицію. Уточнити деталі можна в проєкті.
mail-version-staff-button = Відкрити проєкт

mail-declined-staff-subject = Пропозицію відхилено: { $design } ({ $customer })
mail-declined-staff-text = Причина, яку вказав клієнт:
mail-declined-staff-button = Відкрити проєкт

mail-order-step-subject = Замовлення № { $order }: { $step }
mail-order-step-text = Цей етап завершено, робота над вашим замовленням триває.
mail-order-step-button = Переглянути замовлення

mail-order-shipped-subject = Замовлення № { $order } у дорозі
mail-order-shipped-text =
    Ми відправили ваше замовлення.

    Перевізник: { $carrier } { $tracking }
mail-order-shipped-button = Переглянути замовлення

mail-order-delivered-subject = Замовлення № { $order } доставлено
mail-order-delivered-text =
    Огляньте його й підтвердьте, що все гаразд.

    Якщо щось не так, напишіть нам зі сторінки замовлення.
mail-order-delivered-button = Оглянути та прийняти

mail-order-accepted-staff-subject = Замовлення № { $order } прийнято ({ $customer })
mail-order-accepted-staff-text = Клієнт оглянув замовлення й підтвердив, що все гаразд.
mail-order-accepted-staff-button = Відкрити замовлення

mail-ticket-opened-staff-subject = [№ { $ticket }] { $subject }
mail-ticket-opened-staff-text = Нове звернення. Клієнт: { $customer }.
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
    Ваше звернення позначено як вирішене.

    Якщо залишилися запитання, напишіть на сторінці звернення, і ми відкриємо його знову.
mail-ticket-solved-button = Відкрити звернення

mail-ticket-message-staff-subject = [№ { $ticket }] { $subject }
mail-ticket-message-staff-text = { $who } пише:
mail-ticket-message-staff-button = Відповісти
