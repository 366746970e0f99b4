//! Components shared by all pages. Their texts come from the pages.

mod alert;
mod button;
mod choice;
mod conversation;
mod field;
mod form;
mod frame;
mod icon;
mod layout;
mod list;
mod moment;
mod progress;
mod state_label;
mod timeline;

pub use alert::{Alert, Tone};
pub use button::{Button, ButtonKind, ButtonLink};
pub use choice::{Checkbox, Choice, ChoiceGroup, Options, Select};
pub use conversation::{Conversation, FileLink, Files, Message, Side};
pub use field::{Field, FileField, TextArea, raw_text};
pub use form::{Actions, Form};
pub use frame::{Account, Languages, NavLink, Navigation, PageFrame, SignInState, SkipLink};
pub use icon::{Brand, Icon, Shape};
pub use layout::{Avatar, Empty, Facts, PageHead};
pub use list::{Column, Item, List, Pager, Tab, Table, Tabs};
pub use moment::When;
pub use progress::{Progress, Step, Steps};
pub use state_label::{StateLabel, StateTone};
pub use timeline::{Timeline, TimelineEntry};
