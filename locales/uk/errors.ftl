# Що пішло не так і що з цим робити.
problem-home = На початок
problem-number = Номер запиту: { $number }
problem-database = Портал зараз не може дістатися своїх записів. Спробуйте за хвилину.
problem-sign-in-title = Ви вийшли з облікового запису
problem-sign-in-text = Нічого не надіслано. Увійдіть у новій вкладці, а тоді поверніться до цієї й перейдіть назад до форми: усе, що ви написали, має бути ще там.
problem-missing-title = Такої сторінки немає
problem-missing-text = Можливо, адресу введено з помилкою або вам більше не надано доступу.
problem-role-title = Для цього бракує прав
problem-role-text = Попросіть адміністратора вашої організації зробити це або надати вам право.
problem-foreign-title = Форму надіслано не з цього порталу
problem-foreign-text = Відкрийте потрібну сторінку тут і надішліть форму ще раз.
problem-unreadable-title = Запит не вдалося прочитати
problem-unreadable-text = Поверніться, перевірте введене й надішліть ще раз.
problem-too-large-title = Забагато даних за один раз
problem-too-large-text = Поверніться й надішліть менший файл або коротший текст.
problem-wrong-type-title = Цей вид даних тут не приймають
problem-wrong-type-text = Поверніться й надішліть форму зі сторінки.
problem-wrong-method-title = За цією адресою так не роблять
problem-wrong-method-text = Відкрийте сторінку з меню й почніть звідти.
problem-conflict-title = Запис тим часом змінився
problem-conflict-text = Хтось устиг раніше. Поверніться, оновіть сторінку й подивіться, як є тепер.
problem-dead-link-title = Посилання вже не діє
problem-dead-link-text = Ним уже скористалися або минув його строк. Якщо обліковий запис уже є, увійдіть; інакше попросіть надіслати нове посилання.
problem-invalid-title = Введене не підходить
problem-invalid-text = Поверніться й перевірте поля форми.
problem-unavailable-title = Портал зараз не може дістатися своїх записів
problem-unavailable-text = Ваші дані не втрачено. Зачекайте хвилину, поверніться назад і спробуйте ще раз: усе, що ви ввели, там і стоїть.
problem-internal-title = У нас сталася помилка
problem-internal-text = Ваші дані не втрачено. Спробуйте ще раз, а якщо не допоможе — напишіть нам і назвіть номер запиту.

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
field-password-common = Такий пароль легко вгадати. Візьміть кілька не пов’язаних між собою слів
field-password-wrong = Це не ваш теперішній пароль
field-email = Введіть адресу на зразок name@example.com
field-control-characters = У тексті є невидимі знаки керування. Приберіть їх
field-amount = Введіть суму від 0 до { $max }, не більше ніж із двома знаками після коми
field-date = Введіть дату
field-date-past = Ця дата вже минула
field-date-ahead = Ця дата ще не настала
field-website = Введіть адресу сайту на зразок firma.ua
field-choice = Оберіть один із варіантів
field-taken = Ця адреса вже зайнята
field-file-too-large = Файл більший за { $max }
field-file-type = Приймаємо зображення JPEG, PNG, WebP, GIF та документи PDF
field-too-many-files = { $max ->
    [one] Не більше ніж { $max } файл за раз
    [few] Не більше ніж { $max } файли за раз
   *[many] Не більше ніж { $max } файлів за раз
}
