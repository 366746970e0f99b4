//! Icons, from Lucide (ISC licence), and the mark of Spilno.

use leptos::prelude::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Good,
    Attention,
    Danger,
    Info,
    File,
    Lock,
    Check,
    Search,
    ChevronDown,
    ArrowLeft,
    ArrowRight,
    Truck,
    Menu,
}

impl Shape {
    fn path(self) -> &'static str {
        match self {
            Shape::Good => "M21.801 10A10 10 0 1 1 17 3.335 M9 11l3 3L22 4",
            Shape::Attention => {
                "M21.73 18l-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3 M12 9v4 M12 17h.01"
            }
            Shape::Danger => "M22 12a10 10 0 1 1-20 0a10 10 0 0 1 20 0 M12 8v4 M12 16h.01",
            Shape::Info => "M22 12a10 10 0 1 1-20 0a10 10 0 0 1 20 0 M12 16v-4 M12 8h.01",
            Shape::File => "M15 2H6a2 2 0 0 0-2 2v16a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2V7Z M14 2v4a2 2 0 0 0 2 2h4",
            Shape::Lock => {
                "M5 11h14a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2 M7 11V7a5 5 0 0 1 10 0v4"
            }
            Shape::Check => "M20 6 9 17l-5-5",
            Shape::Search => "m21 21-4.34-4.34 M19 11a8 8 0 1 1-16 0a8 8 0 0 1 16 0",
            Shape::ChevronDown => "m6 9 6 6 6-6",
            Shape::ArrowLeft => "M12 19l-7-7 7-7 M19 12H5",
            Shape::ArrowRight => "M5 12h14 M12 5l7 7-7 7",
            Shape::Menu => "M4 6h16 M4 12h16 M4 18h16",
            Shape::Truck => {
                "M14 18V6a2 2 0 0 0-2-2H4a2 2 0 0 0-2 2v11a1 1 0 0 0 1 1h2 M15 18H9 M19 18h2a1 1 0 0 0 1-1v-3.65a1 1 0 0 0-.22-.624l-3.48-4.35A1 1 0 0 0 17.52 8H14 M19 18a2 2 0 1 1-4 0a2 2 0 0 1 4 0 M9 18a2 2 0 1 1-4 0a2 2 0 0 1 4 0"
            }
        }
    }
}

/// A decorative icon beside a text; hidden from screen readers.
#[component]
pub fn Icon(shape: Shape) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
            <path d=shape.path()/>
        </svg>
    }
}

/// The logo.
#[component]
pub fn Brand() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
            <rect width="32" height="32" rx="7" fill="#1d6152"/>
            <path d="M9 12.5h9.5a4 4 0 0 1 0 8H17" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round"/>
            <path d="M23 19.5h-9.5a4 4 0 0 1 0-8H15" fill="none" stroke="#a8dccb" stroke-width="3" stroke-linecap="round"/>
        </svg>
    }
}
