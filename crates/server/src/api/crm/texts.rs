//! Checks of the texts that an admin writes for a CRM (E4, E5, E6).

use linecard_rules::template::Template;

use crate::problem::FieldProblems;

/// One line, never empty.
pub(super) fn subject(fields: &mut FieldProblems, text: &str, longest: usize) -> Option<Template> {
    if text.trim().is_empty() {
        fields.add("/subject", "required", "A subject is needed.");
        return None;
    }
    if text.chars().any(char::is_control) {
        fields.add("/subject", "one_line", "A subject stands on one line.");
        return None;
    }
    template(fields, "/subject", text, longest)
}

/// Several lines, or nothing.
pub(super) fn description(
    fields: &mut FieldProblems,
    text: &str,
    longest: usize,
) -> Option<Template> {
    template(fields, "/description", text, longest)
}

fn template(
    fields: &mut FieldProblems,
    path: &str,
    text: &str,
    longest: usize,
) -> Option<Template> {
    if text.chars().count() > longest {
        fields.add(
            path,
            "too_long",
            format_args!("At most {longest} characters."),
        );
        return None;
    }
    fields.take(path, "unknown_name", Template::parse(text))
}
