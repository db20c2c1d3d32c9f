// What Node.js says of patterns: reads `[[pattern, [text, …]], …]` from a file, writes `[[mode, verdicts], …]`, where the mode is "u" for a
// pattern of Unicode mode, "" for one without it, and null for none.
import { readFileSync } from "node:fs";
const cases = JSON.parse(readFileSync(process.argv[2], "utf8"));
// From each character on, and never from within one: V8's own search finds `\B` between the two halves of a surrogate pair, where
// ECMA-262 in Unicode mode knows no place (AdvanceStringIndex).
const matches = (regex, text) => {
    for (let at = 0; at <= text.length; at += regex.unicode && text.codePointAt(at) > 0xffff ? 2 : 1) {
        regex.lastIndex = at;
        if (regex.test(text)) return true;
    }
    return false;
};
const answers = cases.map(([pattern, texts]) => {
    for (const mode of ["u", ""]) {
        try {
            const regex = new RegExp(pattern, mode + "y");
            return [mode, texts.map((text) => (matches(regex, text) ? "1" : "0")).join("")];
        } catch {
            // The next mode, or none.
        }
    }
    return [null, ""];
});
process.stdout.write(JSON.stringify(answers));
