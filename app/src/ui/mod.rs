//! Components used everywhere. They show what they are given; texts come from the pages.

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
mod notice;
mod progress;
mod state;

pub use button::{Button, ButtonKind, ButtonLink};
pub use choice::{Checkbox, Choice, ChoiceGroup, Options, Select};
pub use conversation::{Conversation, FileLink, Files, Message, Side};
pub use field::{Field, FileField, TextArea, raw_text};
pub use form::{Actions, Form};
pub use frame::{Account, Guest, Languages, NavLink, Navigation, SkipLink, Surround};
pub use icon::{Brand, Icon, Shape};
pub use layout::{Avatar, Empty, Facts, PageHead};
pub use list::{Column, Item, List, Pager, Tab, Table, Tabs};
pub use moment::When;
pub use notice::{Notice, Tone};
pub use progress::{Entry, Progress, Step, Steps, Timeline};
pub use state::{StateLabel, StateTone};
