import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { Layout, type Look } from "./layout.tsx";
import type { MailContent } from "./message.ts";

export interface RenderedMail {
  subject: string;
  text: string;
  html: string;
  /** The addresses it asks to open. */
  links: string[];
}

// Strict doctypes make mail programs render by the standards.
const DOCTYPE =
  '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">';

/** A header's value: names come from people, and a line break would start another header. */
const oneLine = (text: string) => text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").trim();

function plainText(content: MailContent, look: Look): string {
  const { heading, paragraphs, action, code, note } = content;
  const parts = [heading, ...paragraphs];
  if (code) parts.push(`    ${code}`);
  if (action) parts.push(`${action.label}:\n${action.url}`);
  return `${[...parts, note, `--\nSent by Alert Whisperer for ${look.msp}.`].join("\n\n")}\n`;
}

export function renderMail(content: MailContent, look: Look): RenderedMail {
  return {
    subject: oneLine(content.subject),
    text: plainText(content, look),
    html: DOCTYPE + renderToStaticMarkup(createElement(Layout, { content, look })),
    links: content.action ? [content.action.url] : [],
  };
}
