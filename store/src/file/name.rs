//! Sanitizes file names: removes paths, invisible characters and characters that change the text direction, and makes
//! the extension match the media type.

use super::MediaType;
use domain::input::{is_bidi_control, is_invisible};

const MAX: usize = 120;
/// Characters that some operating systems do not allow in file names.
const FORBIDDEN: [char; 7] = ['<', '>', ':', '"', '|', '?', '*'];

pub(super) fn sanitize(sent: &str, kind: MediaType) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let visible: String = last
        .chars()
        .filter(|c| (!c.is_control() || c.is_whitespace()) && !is_bidi_control(*c) && !is_invisible(*c))
        .map(|c| if FORBIDDEN.contains(&c) { '_' } else { c })
        .collect();
    let folded = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = folded.trim_matches(['.', ' ']);
    let (stem, extension) = match name.rsplit_once('.') {
        Some((stem, extension)) if kind.extensions().contains(&extension.to_lowercase().as_str()) => (stem, extension),
        _ => (name, kind.extensions()[0]),
    };
    let stem: String = stem.chars().take(MAX - 1 - extension.len()).collect();
    let stem = stem.trim_end_matches(['.', ' ']);
    format!("{}.{extension}", if stem.is_empty() { "file" } else { stem })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sanitized_names_are_readable_and_safe() {
        let png = |name: &str| sanitize(name, MediaType::Png);
        assert_eq!(png("подряпина на куті.png"), "подряпина на куті.png");
        assert_eq!(png("ґанок.PNG"), "ґанок.PNG");
        assert_eq!(png("../../etc/passwd"), "passwd.png");
        assert_eq!(png("C:\\Users\\Оля\\фото 1.png"), "фото 1.png");
        assert_eq!(png("фото\u{202E}gnp.exe"), "фотоgnp.exe.png");
        assert_eq!(png("a\u{0}b\r\nc.png"), "ab c.png");
        assert_eq!(png("a\"b.png"), "a_b.png");
        assert_eq!(png("setup.exe"), "setup.exe.png");
        for nothing in ["", ".", "..", "/", ".png", "\u{200B}.png"] {
            assert_eq!(png(nothing).rsplit_once('.').map(|(_, extension)| extension), Some("png"), "{nothing:?}");
        }
        let long = png(&format!("{}.png", "ї".repeat(300)));
        assert_eq!((long.chars().count(), long.ends_with("ї.png")), (MAX, true));
    }
}
