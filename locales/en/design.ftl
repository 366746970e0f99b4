# The design room: what the browser says too.
room-options = What to choose
option-range = from { $from } to { $to }
option-range-steps = from { $from } to { $to }, in steps of { $step }
room-slider = { $name }, slider
room-ruled-out = Not with your other choices: { $values }. { $why }
room-ruled-out-switch = Settled by your other choices. { $why }
room-violations = These choices do not go together:
room-brief-hint = Whatever the choices do not say. You write together: everyone sees each word at once.
room-comments = Discussion
room-comments-none = Nothing has been said here yet. Ask about anything in this design.
room-comment = Your comment
room-comment-add = Send
room-people = Who is here now
room-you = { $name } (you)
room-at-option = { $name } is here now
room-joining = Joining the room…
room-saved = Everything is saved
room-waiting = Saving…
room-offline = No connection, or you are signed out. Your changes are kept here and will be merged as soon as you are back.
room-needs-script = To change the design, turn on JavaScript in your browser.
room-news = There is something new about this design: a version, a proposal or an answer.
room-locked = The design is approved and takes no more changes.
room-shut-out = Your name or your access to this design has changed.
room-reload = Reload the page
room-refused = { $reason ->
    [locked] The design is already approved, so your last change was not taken. This is what was approved.
    [may-not-edit] You may not change this design. This is what the others have.
    [may-not-comment] You may not write in this design. This is what the others have.
    [document-full] The design is full, so your last change was not taken.
   *[other] Your last change could not be taken. This is what the others have; please try again.
}
room-margin-title = Only staff see this
room-cost = Cost
room-margin = Margin, without VAT
design-quantity = How many
price-title = Price
price-each = Each
price-discount = Discount
price-surcharge = Surcharge
price-total = Total
price-vat = including VAT
brief-title = Wishes
