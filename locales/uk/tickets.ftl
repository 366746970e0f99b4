# Звернення: запитання клієнтів і відповіді працівників.
tickets-title = Звернення
tickets-lead = Ваші запитання та наші відповіді.
tickets-new = Написати нам
tickets-which = Які звернення показати
tickets-current = Поточні
tickets-solved = Вирішені
tickets-all = Усі
tickets-none = Звернень ще немає
tickets-none-current = Поточних звернень немає
tickets-none-text = Запитайте про замовлення чи виріб або повідомте про проблему. Ми відповімо тут і листом.
tickets-none-solved = Вирішених звернень немає
tickets-none-solved-text = Тут зберігатимуться вирішені звернення з відповідями.

ticket-number = № { $number }
ticket-number-order = № { $number }, замовлення № { $order }
ticket-order = Замовлення № { $number }: { $title }
ticket-new-title = Напишіть нам
ticket-new-lead = Ми відповімо тут і листом.
ticket-new-order = Про замовлення № { $number }: { $title }
ticket-new-product = Про виріб: { $product }
ticket-new-customer = Від імені
ticket-subject = Тема
ticket-subject-hint = Кілька слів про суть звернення
ticket-text = Що сталося або що ви хочете дізнатися?
ticket-message = Повідомлення
ticket-send = Надіслати
ticket-files = Файли
ticket-files-hint = { $count ->
    [one] До { $count } файлу, не більшого за { $size }: JPEG, PNG, WebP, GIF або PDF
    [few] До { $count } файлів, кожен не більший за { $size }: JPEG, PNG, WebP, GIF або PDF
   *[many] До { $count } файлів, кожен не більший за { $size }: JPEG, PNG, WebP, GIF або PDF
}
ticket-files-again = Оберіть файли ще раз.
ticket-turn-open = Ми отримали ваше звернення. Відповідь з’явиться тут і надійде листом. Якщо маєте що додати, напишіть тут.
ticket-turn-waiting = Чекаємо на вашу відповідь.
ticket-turn-solved = Звернення вирішено. Якщо залишилися запитання, напишіть тут, і ми відкриємо його знову.

# Робоче місце
ticket-for-staff = Чекає на нас
ticket-for-customer = Чекає на клієнта
queue-mine = Мої
queue-unassigned = Без виконавця
queue-unsolved = Усі невирішені
queue-ticket = Звернення
queue-customer = Клієнт
queue-state = Стан
queue-updated = Оновлено
queue-none-mine = У вас немає звернень
queue-none-mine-text = Тут з’являються звернення, призначені вам.
queue-see-unassigned = Переглянути звернення без виконавця
queue-none-unassigned = Звернень без виконавця немає
queue-none-unassigned-text = Нові звернення клієнтів спершу з’являються тут.
queue-none-unsolved = Невирішених звернень немає
queue-none-unsolved-text = Усі клієнти отримали відповіді.
queue-none-solved-text = Тут з’являються вирішені звернення.
ticket-fact-number = Номер
ticket-fact-order = Замовлення
ticket-fact-product = Виріб
ticket-fact-opened = Надійшло
ticket-solve = Позначити вирішеним
ticket-reopen = Відкрити знову
ticket-answer = Відповідь клієнтові
ticket-answer-hint = Клієнт отримає її листом і побачить на порталі
ticket-answer-wait = Надіслати відповідь
ticket-answer-solve = Відповісти й позначити вирішеним
ticket-note-only = Бачать лише працівники
ticket-note-title = Внутрішня нотатка
ticket-note = Нотатка
ticket-note-hint = Клієнт її ніколи не побачить
ticket-note-save = Додати нотатку
ticket-assignee = Виконавець
ticket-assignee-none = Не призначено
ticket-priority = Пріоритет
