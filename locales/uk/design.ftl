# Кімната проєкту: те, що говорить і браузер.
room-options = Що обрати
option-range = від { $from } до { $to }
option-range-steps = від { $from } до { $to }, з кроком { $step }
room-slider = { $name }, повзунок
room-ruled-out = Не поєднується з іншим вибором: { $values }. { $why }
room-ruled-out-switch = Визначено іншим вибором. { $why }
room-violations = Обране не поєднується:
room-brief-hint = Усе, чого не видно з обраного. Пишете разом: кожен бачить чужі слова одразу.
room-comments = Обговорення
room-comments-none = Тут ще нічого не сказано. Запитайте про будь-що в цьому проєкті.
room-comment = Ваш коментар
room-comment-add = Надіслати
room-people = Хто зараз тут
room-you = { $name } (ви)
room-at-option = { $name } зараз тут
room-joining = Заходимо до проєкту…
room-saved = Усе збережено
room-waiting = Зберігаємо…
room-offline = Немає зв’язку, або ви вийшли з облікового запису. Зміни лишаються тут і з’єднаються з рештою, щойно ви повернетеся.
room-needs-script = Щоб змінювати проєкт, увімкніть у браузері JavaScript.
room-news = У проєкті є нове: версія, пропозиція або відповідь.
room-locked = Проєкт погоджено, тож він більше не змінюється.
room-shut-out = Змінилося ваше ім’я або доступ до цього проєкту.
room-reload = Оновити сторінку
room-refused = { $reason ->
    [locked] Проєкт уже погоджено, тому вашу останню зміну не прийнято. Тут те, що погоджено.
    [may-not-edit] Змінювати цей проєкт вам не дозволено. Тут те, що є в інших.
    [may-not-comment] Писати в цьому проєкті вам не дозволено. Тут те, що є в інших.
    [document-full] У проєкті забракло місця, тому вашу останню зміну не прийнято.
   *[other] Вашу останню зміну не вдалося прийняти. Тут те, що є в інших; спробуйте ще раз.
}
room-margin-title = Бачать лише працівники
room-cost = Собівартість
room-margin = Маржа без ПДВ
design-quantity = Кількість
price-title = Ціна
price-each = За одиницю
price-discount = Знижка
price-surcharge = Надбавка
price-total = Разом
price-vat = у тому числі ПДВ
brief-title = Побажання
