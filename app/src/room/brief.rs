//! The brief: one text that everyone writes in at once. What others type goes around the caret of this person.

use crate::{room::Live, ui::raw_text};
use domain::document::{BRIEF_LIMIT, text_difference};
use leptos::{html::Textarea, prelude::*};
use locales::t;

/// A change in a text, in UTF-16 units, as browsers and Yjs count.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Splice {
    at: usize,
    removed: usize,
    inserted: String,
}

impl Splice {
    fn between(old: &str, new: &str) -> Self {
        let (start, removed, inserted) = text_difference(old, new);
        Self { at: units(&old[..start]), removed: units(removed), inserted: inserted.to_owned() }
    }

    /// Where a place in the text before the change is after it.
    fn moved(&self, place: usize) -> usize {
        if place <= self.at {
            place
        } else if place >= self.at + self.removed {
            place - self.removed + units(&self.inserted)
        } else {
            self.at + units(&self.inserted)
        }
    }
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

#[component]
pub fn Brief(live: Live) -> impl IntoView {
    let language = live.language;
    let first = live.held.with_untracked(|held| held.brief.clone());
    let area = NodeRef::<Textarea>::new();
    // What stands in the field, apart from what was typed since the last event.
    let shown = StoredValue::new(first.clone());
    // While letters are being composed, the field is not to be touched.
    let composing = RwSignal::new(false);

    Effect::new(move |_| {
        let wanted = live.held.with(|held| held.brief.clone());
        if !composing.get()
            && let Some(area) = area.get()
        {
            write(&area, &wanted);
            shown.set_value(wanted);
        }
    });
    let typed = move |_| {
        let Some(area) = area.get_untracked() else { return };
        let (now, before) = (area.value(), shown.get_value());
        let own = Splice::between(&before, &now);
        let held = live.held.with_untracked(|held| held.brief.clone());
        let theirs = Splice::between(&before, &held);
        let (start, end) = (theirs.moved(own.at), theirs.moved(own.at + own.removed));
        live.splice_brief(start, end - start, &own.inserted);
        shown.set_value(if composing.get_untracked() {
            now
        } else {
            live.held.with_untracked(|held| held.brief.clone())
        });
    };
    view! {
        <div class="field room-brief">
            <label for="room-brief">{t!(language, "brief-title")}</label>
            <textarea id="room-brief" node_ref=area maxlength=BRIEF_LIMIT dir="auto" autocomplete="off"
                aria-describedby="room-brief-hint" on:input=typed
                on:compositionstart=move |_| composing.set(true)
                on:compositionend=move |_| composing.set(false)>
                {raw_text(&first)}
            </textarea>
            <span class="hint" id="room-brief-hint">{t!(language, "room-brief-hint")}</span>
        </div>
    }
}

/// Puts a text into the field and the caret back to where it was in the text.
fn write(area: &web_sys::HtmlTextAreaElement, wanted: &str) {
    let old = area.value();
    if old == wanted {
        return;
    }
    let theirs = Splice::between(&old, wanted);
    let caret = |place: Option<u32>| theirs.moved(place.unwrap_or(0) as usize) as u32;
    let (start, end) = (area.selection_start().ok().flatten(), area.selection_end().ok().flatten());
    area.set_value(wanted);
    let _ = area.set_selection_range(caret(start), caret(end));
}

#[cfg(test)]
mod tests {
    use super::Splice;

    #[test]
    fn a_change_is_found_and_counted_as_browsers_count() {
        let splice = Splice::between("Дуб 🪵, світлий", "Дуб 🪵 або ясен, світлий");
        assert_eq!(splice, Splice { at: 6, removed: 0, inserted: " або ясен".into() });
        assert_eq!(Splice::between("abc", "abc").removed, 0);
    }

    #[test]
    fn a_caret_stays_with_its_words() {
        let before = "Стіл для кухні";
        let caret = "Стіл для".chars().count();
        for (after, expected) in [
            ("Великий стіл для кухні", "Великий стіл для".chars().count()),
            ("Стіл для кухні й саду", caret),
            ("Стіл для нашої кухні", caret),
            ("Стіл", "Стіл".chars().count()),
        ] {
            assert_eq!(Splice::between(before, after).moved(caret), expected, "{after}");
        }
    }
}
