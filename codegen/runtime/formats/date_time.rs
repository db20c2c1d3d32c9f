//! `date-time`, `date`, `time`, `duration`: RFC 3339, section 5.6 and appendix A.

use super::Format;

/// `date-time`.
pub static DATE_TIME: Format = Format::of_text("date-time", is_date_time);
/// `date`.
pub static DATE: Format = Format::of_text("date", is_date);
/// `time`.
pub static TIME: Format = Format::of_text("time", is_time);
/// `duration`.
pub static DURATION: Format = Format::of_text("duration", is_duration);

/// Whether a text is a `date-time`.
#[must_use]
pub fn is_date_time(text: &str) -> bool {
    match text.as_bytes().split_at_checked(10) {
        Some((date, [b'T' | b't', time @ ..])) => is_full_date(date) && is_full_time(time),
        _ => false,
    }
}

/// Whether a text is a `full-date` of the calendar.
#[must_use]
pub fn is_date(text: &str) -> bool {
    is_full_date(text.as_bytes())
}

fn is_full_date(text: &[u8]) -> bool {
    let [c1, c2, y1, y2, b'-', m1, m2, b'-', d1, d2] = *text else {
        return false;
    };
    let (century, year, month, day) = (two(c1, c2), two(y1, y2), two(m1, m2), two(d1, d2));
    century <= 99 && year <= 99 && (1..=days(century * 100 + year, month)).contains(&day)
}

fn days(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}

/// Whether a text is a `full-time`; second 60 only where it is 23:59 UTC (RFC 3339, section 5.7).
#[must_use]
pub fn is_time(text: &str) -> bool {
    is_full_time(text.as_bytes())
}

fn is_full_time(text: &[u8]) -> bool {
    let [h1, h2, b':', m1, m2, b':', s1, s2, ref rest @ ..] = *text else {
        return false;
    };
    let (hour, minute, second) = (two(h1, h2), two(m1, m2), two(s1, s2));
    let rest = match rest {
        [b'.', fraction @ ..] => match fraction.iter().position(|byte| !byte.is_ascii_digit()) {
            Some(end @ 1..) => fraction.get(end..).unwrap_or_default(),
            _ => return false,
        },
        rest => rest,
    };
    let Some(offset) = offset(rest) else {
        return false;
    };
    let minutes = i64::from(hour) * 60 + i64::from(minute) - offset;
    hour <= 23
        && minute <= 59
        && (second < 60 || (second == 60 && minutes.rem_euclid(24 * 60) == 23 * 60 + 59))
}

/// The offset in minutes.
fn offset(text: &[u8]) -> Option<i64> {
    let (sign, hour, minute) = match *text {
        [b'Z' | b'z'] => return Some(0),
        [b'+', h1, h2, b':', m1, m2] => (1, two(h1, h2), two(m1, m2)),
        [b'-', h1, h2, b':', m1, m2] => (-1, two(h1, h2), two(m1, m2)),
        _ => return None,
    };
    (hour <= 23 && minute <= 59).then(|| sign * (i64::from(hour) * 60 + i64::from(minute)))
}

/// Whether a text is a `duration`.
#[must_use]
pub fn is_duration(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('P') else {
        return false;
    };
    let (date, time) = rest
        .split_once('T')
        .map_or((rest, None), |(date, time)| (date, Some(time)));
    if let Some(weeks) = rest.strip_suffix('W') {
        return !weeks.is_empty() && weeks.bytes().all(|byte| byte.is_ascii_digit());
    }
    let date_holds = units(date, "YMD");
    match time {
        Some(time) => (date.is_empty() || date_holds) && units(time, "HMS"),
        None => date_holds,
    }
}

/// Whether a text is a run of numbers with consecutive units, at least one.
fn units(text: &str, order: &str) -> bool {
    let mut rest = text;
    let mut last: Option<usize> = None;
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let unit = rest
            .get(digits..digits + 1)
            .and_then(|unit| order.find(unit));
        match (digits, unit) {
            (1.., Some(unit)) if last.is_none_or(|last| unit == last + 1) => last = Some(unit),
            _ => return false,
        }
        rest = rest.get(digits + 1..).unwrap_or_default();
    }
    last.is_some()
}

/// Two digits as a number; a number beyond every limit where they are none.
fn two(tens: u8, ones: u8) -> u32 {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    if tens <= 9 && ones <= 9 {
        u32::from(tens) * 10 + u32::from(ones)
    } else {
        u32::MAX
    }
}
