# What went wrong and what to do about it.
problem-home = To the start
problem-number = Request number: { $number }
problem-database = The portal cannot reach its records right now. Please try again in a minute.
problem-sign-in-title = You are not signed in any more
problem-sign-in-text = Nothing was sent. Sign in in a new tab, then return to this one and go back to the form: what you typed should still be in it.
problem-missing-title = There is no such page
problem-missing-text = The address may be mistyped, or it is no longer open to you.
problem-role-title = Your role does not allow this
problem-role-text = Ask an administrator of your organisation to do it or to give you the right.
problem-foreign-title = This form did not come from this portal
problem-foreign-text = Open the page here and send the form again.
problem-unreadable-title = The request could not be read
problem-unreadable-text = Go back, check what you typed and send it again.
problem-too-large-title = Too much at once
problem-too-large-text = Go back and send a smaller file or a shorter text.
problem-wrong-type-title = This kind of data is not taken here
problem-wrong-type-text = Go back and send the form from its page.
problem-wrong-method-title = This address is not used that way
problem-wrong-method-text = Open the page from the menu and start there.
problem-conflict-title = The record has changed meanwhile
problem-conflict-text = Someone was faster. Go back, reload the page and see how it stands now.
problem-dead-link-title = This link no longer works
problem-dead-link-text = It was used already, or its time has passed. If you have an account by now, sign in; otherwise ask for a new link.
problem-invalid-title = What was typed does not fit
problem-invalid-text = Go back and check the fields of the form.
problem-unavailable-title = The portal cannot reach its records right now
problem-unavailable-text = Nothing of yours is lost. Wait a minute, go back and try again: what you typed still stands there.
problem-internal-title = Something broke on our side
problem-internal-text = Nothing of yours is lost. Try again; if it happens again, write to us and name the request number.

field-required = Fill in this field
field-too-long = { $max ->
    [one] At most { $max } character
   *[other] At most { $max } characters
}
field-too-short = { $min ->
    [one] At least { $min } character
   *[other] At least { $min } characters
}
field-password-common = This password is easy to guess. Take a few words that do not belong together
field-password-wrong = This is not your present password
field-email = Enter an address such as name@example.com
field-control-characters = The text holds invisible control characters. Please remove them
field-amount = Enter a sum from 0 to { $max }, with two digits after the point at most
field-date = Enter a date
field-date-past = This date has passed
field-date-ahead = This date is still to come
field-website = Enter an address like firm.example
field-choice = Choose one of these
field-taken = This address is already taken
field-file-too-large = The file is larger than { $max }
field-file-type = We take JPEG, PNG, WebP and GIF pictures and PDF documents
field-too-many-files = { $max ->
    [one] No more than { $max } file at once
   *[other] No more than { $max } files at once
}
