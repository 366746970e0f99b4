//! The brief: one text that several people edit together. Edits by others do not move the caret of this person.

use crate::{room::state::RoomState, ui::raw_text};
use domain::document::{BRIEF_LIMIT, text_difference};
use leptos::{html::Textarea, prelude::*};
use locales::t;

/// A replacement within a text, counted in UTF-16 units as browsers and Yjs do.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Splice {
    at: usize,
    removed: usize,
    inserted: String,
}

impl Splice {
    fn between(old: &str, new: &str) -> Self {
        let (start, removed, inserted) = text_difference(old, new);
        Self { at: utf16_len(&old[..start]), removed: utf16_len(removed), inserted: inserted.to_owned() }
    }

    /// Maps a position in the text before the change to the text after it.
    fn map_position(&self, place: usize) -> usize {
        if place <= self.at {
            place
        } else if place >= self.at + self.removed {
            place - self.removed + utf16_len(&self.inserted)
        } else {
            self.at + utf16_len(&self.inserted)
        }
    }
}

fn utf16_len(text: &str) -> usize {
    text.encode_utf16().count()
}

#[component]
pub fn Brief(state: RoomState) -> impl IntoView {
    let language = state.language;
    let first = state.snapshot.with_untracked(|snapshot| snapshot.brief.clone());
    let area = NodeRef::<Textarea>::new();
    // The value of the field as of the last event.
    let shown = StoredValue::new(first.clone());
    // Changing the field during IME composition would break the composition.
    let composing = RwSignal::new(false);

    Effect::new(move |_| {
        let wanted = state.snapshot.with(|snapshot| snapshot.brief.clone());
        if !composing.get()
            && let Some(area) = area.get()
        {
            set_text(&area, &wanted);
            shown.set_value(wanted);
        }
    });
    let typed = move |_| {
        let Some(area) = area.get_untracked() else { return };
        let (now, before) = (area.value(), shown.get_value());
        let own = Splice::between(&before, &now);
        let held = state.snapshot.with_untracked(|snapshot| snapshot.brief.clone());
        let remote = Splice::between(&before, &held);
        let (start, end) = (remote.map_position(own.at), remote.map_position(own.at + own.removed));
        state.splice_brief(start, end - start, &own.inserted);
        shown.set_value(if composing.get_untracked() {
            now
        } else {
            state.snapshot.with_untracked(|snapshot| snapshot.brief.clone())
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

/// Sets the text of the field and keeps the selection at the same words.
fn set_text(area: &web_sys::HtmlTextAreaElement, wanted: &str) {
    let old = area.value();
    if old == wanted {
        return;
    }
    let remote = Splice::between(&old, wanted);
    let caret = |place: Option<u32>| remote.map_position(place.unwrap_or(0) as usize) as u32;
    let (start, end) = (area.selection_start().ok().flatten(), area.selection_end().ok().flatten());
    area.set_value(wanted);
    let _ = area.set_selection_range(caret(start), caret(end));
}

#[cfg(test)]
mod tests {
    use super::Splice;

    #[test]
    fn splice_is_counted_in_utf16_units() {
        let splice = Splice::between("Дуб 🪵, світлий", "Дуб 🪵 або ясен, світлий");
        assert_eq!(splice, Splice { at: 6, removed: 0, inserted: " або ясен".into() });
        assert_eq!(Splice::between("abc", "abc").removed, 0);
    }

    #[test]
    fn caret_stays_at_its_words() {
        let before = "Стіл для кухні";
        let caret = "Стіл для".chars().count();
        for (after, expected) in [
            ("Великий стіл для кухні", "Великий стіл для".chars().count()),
            ("Стіл для кухні й саду", caret),
            ("Стіл для нашої кухні", caret),
            ("Стіл", "Стіл".chars().count()),
        ] {
            assert_eq!(Splice::between(before, after).map_position(caret), expected, "{after}");
        }
    }
}
