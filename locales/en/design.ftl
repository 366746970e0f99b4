# The design room. The program in the browser has these texts too.
room-options = Options
option-range = from { $from } to { $to }
option-range-steps = from { $from } to { $to }, in steps of { $step }
room-slider = { $name }, slider
room-ruled-out = Not available with your other choices: { $values }. { $why }
room-ruled-out-switch = Set by your other choices. { $why }
room-violations = These choices cannot be combined:
room-brief-hint = Anything the options do not cover. You write together: everyone sees each word as it is typed.
room-comments = Discussion
room-comments-none = No comments yet. Ask about anything in this design.
room-comment = Your comment
room-comment-add = Send
room-people = Who is here now
room-you = { $name } (you)
room-at-option = { $name } is here now
room-joining = Opening the design…
room-saved = All changes saved
room-waiting = Saving…
room-offline = No connection, or you are signed out. Your changes are stored on this device and will sync when you reconnect.
room-needs-script = To change the design, turn on JavaScript in your browser.
room-news = This design has a new version, proposal or answer.
room-locked = The design is approved and can no longer be changed.
room-shut-out = Your name or your access to this design has changed.
room-reload = Reload the page
room-refused = { $reason ->
    [locked] The design is already approved, so your last change was not saved. You now see the approved version.
    [may-not-edit] You cannot change this design. You now see what others see.
    [may-not-comment] You cannot write in this design. You now see what others see.
    [document-full] The design has reached its maximum size, so your last change was not saved.
   *[other] Your last change could not be saved. You now see what others see. Please try again.
}
room-margin-title = Only staff see this
room-cost = Cost
room-margin = Margin, without VAT
design-quantity = Quantity
price-title = Price
price-each = Each
price-discount = Discount
price-surcharge = Surcharge
price-total = Total
price-vat = including VAT
brief-title = Special requests
