import {
  FileKey2,
  Layers,
  type LucideIcon,
  MessageSquareQuote,
  Radio,
  ShieldCheck,
  Split,
} from "lucide-react";

const POINTS: { icon: LucideIcon; title: string; text: string }[] = [
  {
    icon: Layers,
    title: "A few incidents, not a flood",
    text: "Repeats of one alert raise its count; alerts that share an asset and a problem join one incident inside a window you choose.",
  },
  {
    icon: MessageSquareQuote,
    title: "It says why",
    text: "Every alert names the key it was matched by, every incident the rule that made it, and every score the parts it is the sum of.",
  },
  {
    icon: ShieldCheck,
    title: "Accepted means kept",
    text: "A delivery is answered only once it is stored. Recoveries close what they opened, and the incident closes after a quiet time.",
  },
  {
    icon: Radio,
    title: "Live, and honest about it",
    text: "The console follows one stream. When the line is cut it says so, reconnects, and shows what was missed.",
  },
  {
    icon: FileKey2,
    title: "Signed deliveries",
    text: "A key of its own for each company, an HMAC signature checked on the raw body of every tool that can sign, an address allowlist, and rate limits.",
  },
  {
    icon: Split,
    title: "Companies stay apart",
    text: "Each client company has its own store, keys and settings. Nothing of one is ever grouped with another.",
  },
];

export function Points() {
  return (
    <ul className="grid gap-x-8 gap-y-9 sm:grid-cols-2 lg:grid-cols-3">
      {POINTS.map(({ icon: Icon, title, text }) => (
        <li key={title}>
          <Icon aria-hidden className="size-5 text-accent" />
          <h3 className="mt-3 font-semibold">{title}</h3>
          <p className="mt-1 text-soft">{text}</p>
        </li>
      ))}
    </ul>
  );
}
