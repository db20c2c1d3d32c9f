// What Node.js says of patterns: reads `[[pattern, [text, …]], …]` from a file, writes `[[mode, verdicts], …]`, where the mode is "u" for a
// pattern of Unicode mode, "" for one without it, and null for none.
import { readFileSync } from "node:fs";
const cases = JSON.parse(readFileSync(process.argv[2], "utf8"));
const answers = cases.map(([pattern, texts]) => {
    for (const mode of ["u", ""]) {
        try {
            const regex = new RegExp(pattern, mode);
            return [mode, texts.map((text) => (regex.test(text) ? "1" : "0")).join("")];
        } catch {
            // The next mode, or none.
        }
    }
    return [null, ""];
});
process.stdout.write(JSON.stringify(answers));
