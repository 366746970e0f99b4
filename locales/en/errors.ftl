# Errors: what went wrong and what to do about it.
problem-home = Go to the home page
problem-number = Request number: { $number }
problem-database = The portal cannot reach its database right now. Please try again in a minute.
problem-sign-in-title = You have been signed out
problem-sign-in-text = Nothing was sent. Sign in in a new tab, then return to this tab and go back to the form. What you typed should still be there.
problem-missing-title = Page not found
problem-missing-text = The address may be wrong, or you no longer have access.
problem-role-title = Your role does not allow this
problem-role-text = Ask your organisation’s administrator to do it or to change your role.
problem-foreign-title = This form was sent from another site
problem-foreign-text = Open the page here and send the form again.
problem-unreadable-title = The request could not be read
problem-unreadable-text = Go back, check what you entered and send it again.
problem-too-large-title = Too much data
problem-too-large-text = Go back and send a smaller file or a shorter text.
problem-wrong-type-title = This type of data is not supported
problem-wrong-type-text = Go back and send the form from its page.
problem-wrong-method-title = This address does not support this action
problem-wrong-method-text = Open the page from the menu and start there.
problem-conflict-title = The record has been changed
problem-conflict-text = Someone changed it before you. Go back, reload the page and check the current state.
problem-dead-link-title = This link no longer works
problem-dead-link-text = It has already been used or has expired. If you have an account, sign in. Otherwise, ask for a new link.
problem-invalid-title = Some of the data is not valid
problem-invalid-text = Go back and check the form.
problem-unavailable-title = The portal cannot reach its database right now
problem-unavailable-text = Your data is safe. Wait a minute, go back and try again: what you typed is still in the form.
problem-internal-title = Something went wrong
problem-internal-text = Your data is safe. Try again. If it happens again, write to us and include the request number.

field-required = Fill in this field
field-too-long = { $max ->
    [one] At most { $max } character
   *[other] At most { $max } characters
}
field-too-short = { $min ->
    [one] At least { $min } character
   *[other] At least { $min } characters
}
field-password-common = This password is easy to guess. Choose several unrelated words
field-password-wrong = This is not your current password
field-email = Enter an address such as name@example.com
field-control-characters = The text contains invisible control characters. Remove them
field-amount = Enter an amount from 0 to { $max } with at most two decimal places
field-date = Enter a date
field-date-past = This date is in the past
field-date-ahead = This date is in the future
field-website = Enter an address like firm.example
field-choice = Choose one of the options
field-taken = This address is already in use
field-file-too-large = The file is larger than { $max }
field-file-type = Only JPEG, PNG, WebP and GIF images and PDF documents are accepted
field-too-many-files = { $max ->
    [one] No more than { $max } file at once
   *[other] No more than { $max } files at once
}
