import { Body } from "@react-email/body";
import { Button } from "@react-email/button";
import { Container } from "@react-email/container";
import { Head } from "@react-email/head";
import { Heading } from "@react-email/heading";
import { Hr } from "@react-email/hr";
import { Html } from "@react-email/html";
import { Link } from "@react-email/link";
import { Preview } from "@react-email/preview";
import { Text } from "@react-email/text";
import { inkOn, parseHex, toHex } from "../../core/contrast.ts";
import type { MailContent } from "./message.ts";

const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";
const TEXT = { color: "#1f2430", fontSize: "16px", lineHeight: "24px", margin: "0 0 16px" };
const SMALL = { color: "#5b6270", fontSize: "13px", lineHeight: "20px", margin: "0 0 8px" };
const CODE = { ...TEXT, fontFamily: "ui-monospace, Menlo, Consolas, monospace", fontSize: "28px" };

export interface Look {
  msp: string;
  /** `#rrggbb`. */
  color: string;
}

/** One light column without images: nothing is fetched when the mail is opened. */
export function Layout({ content, look }: { content: MailContent; look: Look }) {
  const { heading, paragraphs, action, code, note, preview } = content;
  const ink = toHex(inkOn(parseHex(look.color) ?? [0, 0, 0]));
  const button = {
    backgroundColor: look.color,
    color: ink,
    borderRadius: "6px",
    fontSize: "16px",
    fontWeight: 600,
    padding: "12px 20px",
  };
  return (
    <Html lang="en">
      <Head />
      <Preview>{preview}</Preview>
      <Body style={{ backgroundColor: "#f4f5f7", fontFamily: FONT, margin: 0, padding: "24px 12px" }}>
        <Container
          style={{
            backgroundColor: "#ffffff",
            borderTop: `4px solid ${look.color}`,
            maxWidth: "560px",
            padding: "28px 32px",
          }}
        >
          <Text style={{ ...SMALL, fontWeight: 600, margin: "0 0 20px" }}>{look.msp}</Text>
          <Heading
            as="h1"
            style={{ color: "#1f2430", fontSize: "22px", lineHeight: "28px", margin: "0 0 16px" }}
          >
            {heading}
          </Heading>
          {paragraphs.map((paragraph) => (
            <Text key={paragraph} style={TEXT}>
              {paragraph}
            </Text>
          ))}
          {code && <Text style={{ ...CODE, letterSpacing: "4px", margin: "8px 0 24px" }}>{code}</Text>}
          {action && (
            <>
              <Button href={action.url} target="_blank" style={button}>
                {action.label}
              </Button>
              <Text style={{ ...SMALL, margin: "24px 0 8px" }}>
                Or open this address:
                <br />
                <Link href={action.url} style={{ color: "#1d4ed8", wordBreak: "break-all" }}>
                  {action.url}
                </Link>
              </Text>
            </>
          )}
          <Hr style={{ borderColor: "#e3e5ea", margin: "20px 0" }} />
          <Text style={SMALL}>{note}</Text>
          <Text style={{ ...SMALL, margin: 0 }}>Sent by Alert Whisperer for {look.msp}.</Text>
        </Container>
      </Body>
    </Html>
  );
}
