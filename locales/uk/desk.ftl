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
customers-search = Назва, ім’я, пошта або телефон
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
message-subject = Лист
message-to = Кому
message-state = Стан
message-problem = Причина
message-written = Створено
message-attempts = Спроб
message-next = Наступна спроба
message-sent = Надіслано
message-send-again = Надіслати ще раз
message-secret = посилання приховано: воно лише для одержувача
staff-lead = Хто працює за робочим столом і що кому дозволено.
staff-make-administrator = Зробити адміністратором
staff-make-staff = Зробити працівником
staff-dismiss = Забрати доступ
staff-waiting = ще не встановлено пароль
staff-invite-again = Надіслати лист ще раз
staff-invite-title = Додати працівника
staff-invite-about = На пошту надійде посилання, за яким можна встановити пароль. Воно діє сім днів.
staff-invite-button = Додати й надіслати листа
staff-last-administrator = Порталу потрібен хоча б один адміністратор. Спершу призначте іншого.
role-staff-about = Веде клієнтів, проєкти, замовлення та звернення
role-staff-administrator-about = Також керує працівниками й порталом
customer-members = { $count ->
    [one] { $count } учасник
    [few] { $count } учасники
   *[many] { $count } учасників
}
