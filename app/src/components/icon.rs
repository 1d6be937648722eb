//! The icons: inline SVG on a 16 px grid, one stroke width.
use leptos::prelude::*;

/// The icons that the console uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IconName {
    Check,
    Rolling,
    Held,
    Alert,
    Warn,
    Stop,
    Search,
    Plus,
    Minus,
    ChevronDown,
    Moon,
    Sun,
    System,
    Close,
    Trash,
    Keyboard,
    Upload,
    Code,
    Pencil,
    Lock,
    Undo,
    Redo,
    Copy,
    Download,
    SignOut,
    Lines,
}

impl IconName {
    fn path(self) -> &'static str {
        match self {
            Self::Check => "M14.3 8A6.3 6.3 0 1 1 1.7 8a6.3 6.3 0 0 1 12.6 0zM5.3 8.2l1.9 1.9 3.6-4",
            Self::Rolling => "M13.8 8A5.8 5.8 0 1 1 11.6 3.4M13.6 1.9v3h-3",
            Self::Held => "M14.3 8A6.3 6.3 0 1 1 1.7 8a6.3 6.3 0 0 1 12.6 0zM6.3 5.6v4.8M9.7 5.6v4.8",
            Self::Alert => "M8 1.8 14.6 13.6H1.4zM8 6.2v3.4M8 11.6v.1",
            Self::Warn => "M14.3 8A6.3 6.3 0 1 1 1.7 8a6.3 6.3 0 0 1 12.6 0zM8 4.8v4M8 11v.1",
            Self::Stop => "M14.3 8A6.3 6.3 0 1 1 1.7 8a6.3 6.3 0 0 1 12.6 0zM5.8 5.8h4.4v4.4H5.8z",
            Self::Search => "M11.6 7A4.6 4.6 0 1 1 2.4 7a4.6 4.6 0 0 1 9.2 0zM10.5 10.5l3.6 3.6",
            Self::Plus => "M8 3v10M3 8h10",
            Self::Minus => "M3 8h10",
            Self::ChevronDown => "m4.5 6.5 3.5 3.5 3.5-3.5",
            Self::Moon => "M13.5 9.6A5.8 5.8 0 1 1 6.4 2.5a4.6 4.6 0 0 0 7.1 7.1z",
            Self::Sun => {
                "M10.8 8a2.8 2.8 0 1 1-5.6 0 2.8 2.8 0 0 1 5.6 0zM8 1.5v1M8 13.5v1M1.5 8h1M13.5 8h1M3.4 3.4l.7.7M11.9 11.9l.7.7M3.4 12.6l.7-.7M11.9 4.1l.7-.7"
            }
            Self::System => "M2 3h12v8H2zM5.5 13.8h5M8 11v2.8",
            Self::Close => "m4 4 8 8M12 4l-8 8",
            Self::Trash => "M2.8 4.3h10.4M6.2 4.3V2.6h3.6v1.7M4.2 4.3l.6 9.1h6.4l.6-9.1",
            Self::Keyboard => "M1.5 4h13v8.5h-13zM4 6.6h.01M6.6 6.6h.01M9.3 6.6h.01M12 6.6h.01M4.8 9.8h6.4",
            Self::Upload => "M8 10.5V2.5M4.9 5.4 8 2.3l3.1 3.1M2.5 10.5v3h11v-3",
            Self::Code => "M5.2 4.2 1.5 8l3.7 3.8M10.8 4.2 14.5 8l-3.7 3.8",
            Self::Pencil => "M2.5 13.5l.7-3L10.6 3l2.4 2.4-7.4 7.4z",
            Self::Undo => "M5.6 2.8 2.6 5.8l3 3M2.8 5.8h6.4a4 4 0 0 1 0 8H6",
            Self::Redo => "m10.4 2.8 3 3-3 3M13.2 5.8H6.8a4 4 0 0 0 0 8H10",
            Self::Copy => "M5.8 5.8h8v8h-8zM10.4 5.6V2.2H2.2v8.2h3.4",
            Self::SignOut => "M6 2.5H2.5v11H6M6.5 8h7M10.6 5.1 13.5 8l-2.9 2.9",
            Self::Download => "M8 2.5v8M4.9 7.6 8 10.7l3.1-3.1M2.5 10.5v3h11v-3",
            Self::Lines => "M2.5 3.5h11M2.5 6.5h7M2.5 9.5h11M2.5 12.5h5",
            Self::Lock => "M3.5 7.2h9v6.6h-9zM5.4 7.2V5a2.6 2.6 0 0 1 5.2 0v2.2",
        }
    }
}

/// An icon beside a word; it says nothing to a screen reader.
#[component]
pub fn Icon(name: IconName) -> impl IntoView {
    view! {
        <svg class="i" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
            <path d=name.path()></path>
        </svg>
    }
}
