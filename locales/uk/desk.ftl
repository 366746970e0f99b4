# Робоче місце: що зробити, клієнти, вихідна пошта, працівники. Тексти про проєкти, замовлення та звернення — в їхніх файлах.
desk-home-title = Що зробити
desk-nothing = Усе зроблено
desk-nothing-text = Зараз на вас нічого не чекає. Нові проєкти, замовлення та звернення з’являться тут.
desk-to-answer = Відповісти клієнтам
desk-late = Прострочено
desk-to-start = Почати або відправити
desk-being-designed = На етапі проєктування
desk-mails-failed = { $count ->
    [one] { $count } лист не вдалося надіслати
    [few] { $count } листи не вдалося надіслати
   *[many] { $count } листів не вдалося надіслати
}
customers-search = Ім’я, пошта або телефон
customers-none = Клієнтів ще немає
customers-none-text = Клієнти з’являються тут, коли реєструються на порталі.
customers-not-found = Нічого не знайдено: { $query }
customers-not-found-text = Спробуйте частину імені чи адреси пошти або лише цифри номера телефону.
customers-all = Усі клієнти
customer = Клієнт
customer-kind = Тип
customer-contact = Контакт
customer-orders = Замовлень
customer-last = Остання подія
customer-since = Клієнт з
customer-note = Нотатка про клієнта
customer-note-label = Що варто знати колегам
customer-note-hint = Бачать лише працівники.
outbox-states = Стани листів
outbox-all = Усі
outbox-none = Листів немає
outbox-none-failed = Ненадісланих листів немає
outbox-none-waiting = Черга порожня
outbox-none-text = Тут видно кожен лист порталу: що надіслано, кому й коли.
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
message-said = Подробиці: { $words }
obstacle-refused = Відхилено
obstacle-refused-advice = Поштовий сервер відхилив цього листа. Найчастіше такої скриньки немає: зв’яжіться з клієнтом іншим способом і уточніть адресу.
obstacle-later = Тимчасово відхилено
obstacle-later-advice = Поштовий сервер просить спробувати пізніше. Ми автоматично повторюємо спроби близько двох діб.
obstacle-password = Поштовий сервер: помилка входу
obstacle-password-advice = Поштовий сервер не прийняв ім’я користувача й пароль зі smtp_url. Адміністратор має виправити налаштування й перезапустити портал.
obstacle-certificate = Поштовий сервер: сертифікат
obstacle-certificate-advice = Сертифікат поштового сервера видав центр сертифікації, якому ми не довіряємо, тому ми нічого не надіслали. Якщо у вас власний центр сертифікації, адміністратор має вказати його в smtp_ca. Якщо ні, помилка в сертифікаті сервера або в його імені в smtp_url.
obstacle-unencrypted = Поштовий сервер: без шифрування
obstacle-unencrypted-advice = Поштовий сервер не підтримує шифрування, а без нього ми листів не надсилаємо. Адміністратор має перевірити сервер або smtp_url.
obstacle-unreachable = Поштовий сервер: немає відповіді
obstacle-unreachable-advice = Поштовий сервер не відповідає, або зв’язок перервався. Ми автоматично повторюємо спроби близько двох діб. Якщо це триває, адміністратор має перевірити сервер і smtp_url.
obstacle-slow = Поштовий сервер: задовга відповідь
obstacle-slow-advice = Поштовий сервер не відповів вчасно. Ми автоматично повторюємо спроби близько двох діб.
obstacle-content = Не вдалося скласти
obstacle-content-advice = Листа не вдалося скласти, найчастіше через неправильну адресу. Уточніть її в клієнта.
message-secret = посилання приховано: його бачить лише одержувач
staff-lead = Хто працює на порталі з боку компанії і що кому дозволено.
staff-make-administrator = Призначити адміністратором
staff-make-staff = Забрати права адміністратора
staff-make-administrator-about = { $name } також зможе додавати працівників, закривати їм доступ і змінювати ролі.
staff-make-staff-about = { $name } більше не зможе керувати працівниками. Решта доступу залишиться.
staff-sure = Так, змінити роль
staff-dismiss = Закрити доступ
staff-dismiss-about = { $name } більше не матиме доступу до робочого місця, усі сеанси буде завершено. Звернення, які веде ця людина, зможе взяти будь-хто з працівників.
staff-dismiss-sure = Так, закрити
staff-waiting = пароль ще не встановлено
staff-invite-again = Надіслати лист ще раз
staff-invite-title = Додати працівника
staff-invite-about = Ми надішлемо на пошту посилання для встановлення пароля. Воно діє сім днів.
staff-invite-button = Додати й надіслати листа
staff-last-administrator = Порталу потрібен хоча б один адміністратор. Спершу призначте іншого.
role-staff-about = Працює з клієнтами, проєктами, замовленнями та зверненнями
role-staff-administrator-about = Також керує працівниками
customer-members = { $count ->
    [one] { $count } учасник
    [few] { $count } учасники
   *[many] { $count } учасників
}

# Contacts that staff write down.
contact-title = Записати розмову
contact-more = Дзвінок, зустріч чи лист · учасники · наступний крок
contact-save = Зберегти запис
contact-next-steps = Наступні кроки
contact-done = Зроблено
contact-done-named = Зроблено: { $step }
contact-summary = Про що говорили
contact-summary-hint = Alt+N ставить курсор сюди. Клієнт цього не бачить.
contact-channel = Як
contact-channel-call = Дзвінок
contact-channel-meeting = Зустріч
contact-channel-letter = Лист
contact-direction = Хто звернувся
contact-direction-incoming = Клієнт
contact-direction-outgoing = Ми
contact-people = Хто брав участь
contact-people-hint = З боку клієнта.
contact-next-step = Наступний крок
contact-next-on = До якого дня
contact-assignee = Хто робить
contact-assignee-hint = Якщо нікого не вибрано, то ви.
timeline-call-incoming = Дзвінок від клієнта
timeline-call-outgoing = Дзвінок клієнтові
timeline-meeting-incoming = Зустріч на прохання клієнта
timeline-meeting-outgoing = Зустріч на наше прохання
timeline-letter-incoming = Лист від клієнта
timeline-letter-outgoing = Лист клієнтові
timeline-next-step = Наступний крок: { $step }, { $day }
timeline-next-step-done = Зроблено: { $step }
