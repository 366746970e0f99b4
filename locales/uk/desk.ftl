# Що працівники бачать за день; тексти кожного запису — в його файлі.
desk-home-title = Що чекає
desk-nothing = Усе зроблено
desk-nothing-text = Зараз на вас нічого не чекає. Нові проєкти, замовлення та звернення з’являться тут самі.
desk-to-answer = Відповісти клієнтам
desk-late = Спізнюються
desk-to-start = Почати або відправити
desk-being-designed = Проєктуються
desk-mails-failed = { $count ->
    [one] { $count } лист не вдалося надіслати
    [few] { $count } листи не вдалося надіслати
   *[many] { $count } листів не вдалося надіслати
}
customers-search = Ім’я, пошта або телефон
customers-none = Клієнтів ще немає
customers-none-text = Щойно хтось зареєструється на порталі, клієнт з’явиться тут.
customers-not-found = Нічого не знайдено: { $query }
customers-not-found-text = Спробуйте частину імені, пошти або лише цифри телефону.
customers-all = Усі клієнти
customer = Клієнт
customer-kind = Хто це
customer-contact = Контакт
customer-orders = Замовлень
customer-last = Остання подія
customer-since = Клієнт від
customer-note = Нотатка про клієнта
customer-note-label = Що варто знати колегам
customer-note-hint = Бачать лише працівники.
outbox-states = Стани листів
outbox-all = Усі
outbox-none = Листів тут немає
outbox-none-failed = Усе, що мало надійти, надійшло
outbox-none-waiting = Черга порожня
outbox-none-text = Кожен лист порталу проходить тут: видно, що надіслано, кому й коли.
outbox-send-all-again = { $count ->
    [one] Надіслати ще раз { $count } лист
    [few] Надіслати ще раз усі { $count } листи
   *[many] Надіслати ще раз усі { $count } листів
}
message-subject = Лист
message-to = Кому
message-state = Стан
message-problem = Причина
message-written = Створено
message-attempts = Спроб
message-next = Наступна спроба
message-sent = Надіслано
message-send-again = Надіслати ще раз
message-said = Що нам відповіли: { $words }
obstacle-refused = Не прийнято
obstacle-refused-advice = Поштовий сервер не прийме цього листа. Найчастіше такої скриньки просто немає: звірте адресу з клієнтом і напишіть йому інакше.
obstacle-later = Поки що не прийнято
obstacle-later-advice = Поштовий сервер просить прийти згодом. Ми повторюємо спроби самі, близько двох діб.
obstacle-password = Поштовий сервер: пароль
obstacle-password-advice = Поштовий сервер не приймає користувача й пароль із smtp_url. Адміністратор має виправити налаштування й перезапустити портал.
obstacle-certificate = Поштовий сервер: сертифікат
obstacle-certificate-advice = Сертифікат поштового сервера видав центр, якому ми не довіряємо, тож ми нічого йому не сказали. Якщо у вас власний центр сертифікації, адміністратор указує його в smtp_ca; якщо ні, то сертифікат сервера або його назва в smtp_url хибні.
obstacle-unencrypted = Поштовий сервер: без шифрування
obstacle-unencrypted-advice = Поштовий сервер не шифрує, а ми не надсилаємо нічого, що могли б прочитати чужі. Адміністратор має перевірити сервер або smtp_url.
obstacle-unreachable = Поштовий сервер: немає відповіді
obstacle-unreachable-advice = Поштовий сервер не відповідає або зв’язок урвався. Ми повторюємо спроби самі, близько двох діб; якщо це триває, адміністратор має перевірити сервер і smtp_url.
obstacle-slow = Поштовий сервер: задовго
obstacle-slow-advice = Поштовий сервер не впорався вчасно. Ми повторюємо спроби самі, близько двох діб.
obstacle-content = Не вдалося скласти
obstacle-content-advice = Листа не вдалося скласти, найчастіше тому, що на таку адресу не можна писати. Звірте її з клієнтом.
message-secret = посилання приховано: воно лише для одержувача
staff-lead = Хто працює за робочим столом і що кому дозволено.
staff-make-administrator = Зробити адміністратором
staff-make-staff = Зробити працівником
staff-make-administrator-about = { $name } також керуватиме працівниками: додаватиме їх, забиратиме доступ і змінюватиме ролі.
staff-make-staff-about = { $name } більше не керуватиме працівниками. Решта робочого столу лишається.
staff-sure = Так, змінити роль
staff-dismiss = Забрати доступ
staff-dismiss-about = { $name } більше не матиме доступу до робочого столу: усі сеанси завершаться. Звернення, які веде ця людина, зможе взяти будь-хто.
staff-dismiss-sure = Так, забрати
staff-waiting = ще не встановлено пароль
staff-invite-again = Надіслати лист ще раз
staff-invite-title = Додати працівника
staff-invite-about = На пошту надійде посилання, за яким можна встановити пароль. Воно діє сім днів.
staff-invite-button = Додати й надіслати листа
staff-last-administrator = Порталу потрібен хоча б один адміністратор. Спершу призначте іншого.
role-staff-about = Веде клієнтів, проєкти, замовлення та звернення
role-staff-administrator-about = Також керує працівниками
customer-members = { $count ->
    [one] { $count } учасник
    [few] { $count } учасники
   *[many] { $count } учасників
}
