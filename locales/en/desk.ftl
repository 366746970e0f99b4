# What staff see of the day; each record's texts stand in its own file.
desk-home-title = What waits
desk-nothing = All done
desk-nothing-text = Nothing waits for you now. New designs, orders and tickets come here by themselves.
desk-late = Late
desk-to-start = To start or to send
desk-being-designed = Being designed
desk-mails-failed = { $count ->
    [one] { $count } mail could not be sent
   *[other] { $count } mails could not be sent
}
