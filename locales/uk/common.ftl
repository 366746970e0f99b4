# Тексти, спільні для кількох сторінок.
skip-to-content = Перейти до вмісту
nav-main = Головна навігація
nav-menu = Меню
nav-products = Вироби
nav-designs = Проєкти
nav-orders = Замовлення
nav-tickets = Звернення
nav-profile = Профіль
nav-organisation = Організація та адреси
nav-history = Історія
nav-account = Ваш обліковий запис
nav-sign-in = Увійти
nav-sign-up = Реєстрація
nav-sign-out = Вийти
nav-desk = Робоче місце
nav-customers = Клієнти
nav-outbox = Вихідна пошта
language-uk = Українська
language-en = English
footer-made-with = Працює на Spilno
back = Назад
save = Зберегти
cancel = Скасувати
search = Знайти
optional = необов’язково
form-stale = Після того як ви відкрили цю форму, хтось зберіг тут зміни. Введене вами лишилося нижче: перевірте й збережіть ще раз.
form-errors = { $count ->
    [one] Виправте { $count } поле
    [few] Виправте { $count } поля
   *[many] Виправте { $count } полів
}
saved = Збережено.
saved-sent = Листа надіслано.
saved-removed = Видалено.
saved-joined = Ви долучилися.
saved-queued = Лист знову поставлено в чергу.
remove = Видалити
change = Змінити
numbered = № { $number }
nav-staff = Працівники
pages = Сторінки
page-first = На першу сторінку
page-next = Наступна сторінка
yes = Так
no = Ні

date-today = { $hour ->
    [11] сьогодні об { $time }
   *[other] сьогодні о { $time }
}
date-yesterday = { $hour ->
    [11] учора об { $time }
   *[other] учора о { $time }
}
date-day-month = { $day }{"\u00A0"}{ $month }
date-whole = { $day }{"\u00A0"}{ $month } { $year }{"\u00A0"}р.
date-month-1 = січня
date-month-2 = лютого
date-month-3 = березня
date-month-4 = квітня
date-month-5 = травня
date-month-6 = червня
date-month-7 = липня
date-month-8 = серпня
date-month-9 = вересня
date-month-10 = жовтня
date-month-11 = листопада
date-month-12 = грудня
unit-byte = Б
unit-kilobyte = кБ
unit-megabyte = МБ

state-design-designing = Проєктуємо
state-design-proposed = Чекає на вашу відповідь
state-design-approved = Погоджено
state-proposal-open = Чекає на відповідь
state-proposal-lapsed = Строк дії минув
state-proposal-approved = Погоджено
state-proposal-declined = Відхилено
state-proposal-replaced = Замінено новішою
state-order-waiting = Очікує початку
state-order-production = Виготовляємо
state-order-ready = Готове до відправлення
state-order-delivery = У дорозі
state-order-delivered = Доставлено
state-order-accepted = Завершено
state-ticket-open = У роботі
state-ticket-waiting = Чекає на вас
state-ticket-solved = Вирішено
state-message-waiting = У черзі
state-message-sent = Надіслано
state-message-failed = Не надіслано
priority-low = Низький
priority-normal = Звичайний
priority-high = Високий
priority-urgent = Терміновий
role-member = Учасник
role-administrator = Адміністратор
role-staff = Працівник
kind-person = Приватна особа
kind-organisation = Організація
