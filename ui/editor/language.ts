// Story text as the editor reads it: CommonMark with tables, with the lines that begin and
// end containers, and without HTML.

import { Language, LanguageSupport } from "@codemirror/language";
import { commonmarkLanguage, deleteMarkupBackward, insertNewlineContinueMarkup } from "@codemirror/lang-markdown";
import { Prec } from "@codemirror/state";
import { keymap } from "@codemirror/view";
import { joinParagraph, newLine, newParagraph } from "./commands";
import { Table, type MarkdownConfig, type MarkdownParser } from "@lezer/markdown";

const containerLine = /^:{3,}\s*(?:(?:voices|note)(?:\s.*)?|figure|(?:deal|timeline)\s+\d+|embed\s+\S+)?\s*$/;

/** The lines that begin and end containers, each a node of its own. */
const containers: MarkdownConfig = {
  defineNodes: [{ name: "ContainerLine", block: true }],
  parseBlock: [{
    name: "ContainerLine",
    before: "FencedCode",
    parse(cx, line) {
      if (!containerLine.test(line.text.slice(line.pos))) return false;
      const start = cx.lineStart + line.pos;
      cx.addElement(cx.elt("ContainerLine", start, cx.lineStart + line.text.length));
      cx.nextLine();
      return true;
    },
    endLeaf: (_cx, line) => containerLine.test(line.text.slice(line.pos)),
  }],
  remove: ["HTMLBlock", "HTMLTag", "LinkReference"],
};

const parser = (commonmarkLanguage.parser as MarkdownParser).configure([Table, containers]);
const story = new Language(commonmarkLanguage.data, parser, [], "story");

/** Returns the language, with the keys that carry lists and quotes on. */
export function storyText(): LanguageSupport {
  return new LanguageSupport(story, [
    Prec.high(keymap.of([
      { key: "Enter", run: insertNewlineContinueMarkup, shift: newLine }, { key: "Enter", run: newParagraph },
      { key: "Backspace", run: deleteMarkupBackward }, { key: "Backspace", run: joinParagraph },
    ])),
  ]);
}
