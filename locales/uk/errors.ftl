# Що пішло не так і що з цим робити.
problem-home = На головну
problem-number = Номер запиту: { $number }
problem-database = База даних порталу тимчасово недоступна. Спробуйте за хвилину.
problem-sign-in-title = Ви вийшли з облікового запису
problem-sign-in-text = Нічого не надіслано. Увійдіть у новій вкладці, потім поверніться до цієї й перейдіть назад до форми: усе, що ви написали, має зберегтися.
problem-missing-title = Сторінку не знайдено
problem-missing-text = Можливо, в адресі помилка або ви більше не маєте доступу.
problem-role-title = Недостатньо прав
problem-role-text = Попросіть адміністратора вашої організації зробити це або змінити вашу роль.
problem-foreign-title = Форму надіслано з іншого сайту
problem-foreign-text = Відкрийте потрібну сторінку тут і надішліть форму ще раз.
problem-unreadable-title = Запит не вдалося прочитати
problem-unreadable-text = Поверніться, перевірте введене й надішліть ще раз.
problem-too-large-title = Забагато даних
problem-too-large-text = Поверніться й надішліть менший файл або коротший текст.
problem-wrong-type-title = Такий тип даних не підтримується
problem-wrong-type-text = Поверніться й надішліть форму зі сторінки.
problem-wrong-method-title = За цією адресою така дія неможлива
problem-wrong-method-text = Відкрийте сторінку з меню й почніть звідти.
problem-conflict-title = Запис уже змінено
problem-conflict-text = Хтось змінив його раніше за вас. Поверніться, оновіть сторінку й перегляньте поточний стан.
problem-dead-link-title = Посилання вже не діє
problem-dead-link-text = Ним уже скористалися, або строк його дії минув. Якщо у вас є обліковий запис, увійдіть. Якщо ні, попросіть надіслати нове посилання.
problem-invalid-title = Деякі дані введено неправильно
problem-invalid-text = Поверніться й перевірте форму.
problem-unavailable-title = База даних порталу тимчасово недоступна
problem-unavailable-text = Ваші дані не втрачено. Зачекайте хвилину, поверніться й спробуйте ще раз: усе, що ви ввели, залишилося у формі.
problem-internal-title = Сталася помилка
problem-internal-text = Ваші дані не втрачено. Спробуйте ще раз. Якщо помилка повториться, напишіть нам і вкажіть номер запиту.

field-required = Заповніть це поле
field-too-long = { $max ->
    [one] Не більше ніж { $max } символ
    [few] Не більше ніж { $max } символи
   *[many] Не більше ніж { $max } символів
}
field-too-short = { $min ->
    [one] Щонайменше { $min } символ
    [few] Щонайменше { $min } символи
   *[many] Щонайменше { $min } символів
}
field-password-common = Такий пароль легко вгадати. Оберіть кілька не пов’язаних між собою слів
field-password-wrong = Неправильний поточний пароль
field-email = Введіть адресу на зразок name@example.com
field-control-characters = У тексті є невидимі керівні символи. Видаліть їх
field-amount = Введіть суму від 0 до { $max }, щонайбільше два знаки після коми
field-date = Введіть дату
field-date-past = Ця дата вже минула
field-date-ahead = Ця дата ще не настала
field-website = Введіть адресу сайту на зразок firma.ua
field-choice = Оберіть один із варіантів
field-taken = Ця адреса вже використовується
field-file-too-large = Файл більший за { $max }
field-file-type = Приймаємо лише зображення JPEG, PNG, WebP, GIF і документи PDF
field-too-many-files = { $max ->
    [one] Не більше ніж { $max } файл за раз
    [few] Не більше ніж { $max } файли за раз
   *[many] Не більше ніж { $max } файлів за раз
}
