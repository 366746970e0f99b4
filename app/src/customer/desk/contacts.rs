//! Contact notes on a customer's page: the form that adds one, and the open next steps.

use crate::{
    Visit,
    ui::{Button, ButtonKind, Form, Icon, Options, Shape},
    web::{
        form::{FormState, new_submission_id},
        record,
    },
};
use domain::record::{ContactNote, Typed};
use leptos::prelude::*;
use locales::{named_day, t};
use store::contact_note::desk::NextStep;

/// The initial values of the form are the most frequent ones: a call from the customer.
pub fn new_note() -> Typed {
    Typed::from(&ContactNote { channel: "call".to_owned(), direction: "incoming".to_owned(), ..ContactNote::default() })
}

/// The form that adds a contact note. Alt+N (Alt+Shift+N in Firefox) moves the focus to its first field.
#[component]
pub fn NewContact(visit: Visit, staff: Options, form: FormState<Typed>) -> impl IntoView {
    let language = visit.language;
    let mut fields = record::fields::<ContactNote>(&visit, &form, &vec![("assignee", staff)]);
    let details = fields.split_off(1);
    let open = form.errors.iter().any(|error| error.field != "summary");
    view! {
        <section class="internal-panel" id="contact">
            <h2><Icon shape=Shape::Lock/>{t!(language, "contact-title")}</h2>
            <Form problem=form.summary(language) submission=new_submission_id().to_string()>
                <input type="hidden" name="what" value="contact"/>
                {fields}
                <details open=open>
                    <summary>{t!(language, "contact-more")}</summary>
                    {details}
                </details>
                <Button kind=ButtonKind::Second>{t!(language, "contact-save")}</Button>
            </Form>
        </section>
    }
}

/// The customer's open next steps, each with a button that marks it as done.
#[component]
pub fn NextSteps(visit: Visit, steps: Vec<NextStep>) -> impl IntoView {
    let language = visit.language;
    let rows = steps
        .into_iter()
        .map(|step| {
            let class = if step.day < visit.today() { "late" } else { "soft" };
            let about =
                [step.people, step.summary].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(": ");
            let label = t!(language, "contact-done-named", step = &step.text);
            view! {
                <li class="row apart">
                    <span>
                        <strong dir="auto">{step.text}</strong> <br/>
                        <span class="soft" dir="auto">{about}</span> <br/>
                        <span class=class>{named_day(language, step.day)}</span>
                        <span class="soft">" · " {step.assignee}</span>
                    </span>
                    <form method="post">
                        <input type="hidden" name="what" value="step-done"/>
                        <input type="hidden" name="step" value=step.id.to_string()/>
                        <Button kind=ButtonKind::Quiet label>{t!(language, "contact-done")}</Button>
                    </form>
                </li>
            }
        })
        .collect::<Vec<_>>();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="section" id="next-steps">
                <h2>{t!(language, "contact-next-steps")}</h2>
                <ul class="list rows">{rows}</ul>
            </section>
        }
    })
}
