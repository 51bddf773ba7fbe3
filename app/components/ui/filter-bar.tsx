import { Search, X } from "lucide-react";
import { type SelectHTMLAttributes, useEffect, useRef, useState } from "react";
import { cx } from "../../lib/cx.ts";

const CONTROL = "h-8 max-sm:h-9 rounded-md border border-line-strong bg-raised text-sm";

interface FilterSelectProps extends SelectHTMLAttributes<HTMLSelectElement> {
  label: string;
  options: readonly (readonly [value: string, word: string])[];
}

export function FilterSelect({ label, options, ...rest }: FilterSelectProps) {
  return (
    <select
      aria-label={label}
      className={cx(CONTROL, "px-2 max-sm:min-w-0 max-sm:flex-1 sm:max-w-52")}
      {...rest}
    >
      {options.map(([value, word]) => (
        <option key={value} value={value}>
          {word}
        </option>
      ))}
    </select>
  );
}

const PAUSE_MS = 200;

interface SearchBoxProps {
  label: string;
  value: string;
  onSearch(text: string): void;
}

/** A search field that reports after a pause; "/" brings the cursor here from anywhere on the page. */
export function SearchBox({ label, value, onSearch }: SearchBoxProps) {
  const [text, setText] = useState(value);
  const input = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const sent = useRef(value);

  useEffect(() => {
    if (value !== sent.current) setText(value);
    sent.current = value;
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);

  function change(next: string, wait = PAUSE_MS) {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      sent.current = next.trim();
      onSearch(next.trim());
    }, wait);
  }

  return (
    <div className="relative w-full sm:w-64">
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 size-3.5 -translate-y-1/2 text-faint"
      />
      <input
        ref={input}
        type="search"
        name="q"
        id="page-search"
        aria-label={label}
        aria-keyshortcuts="/"
        placeholder={label}
        value={text}
        onChange={(event) => change(event.target.value)}
        onKeyDown={(event) => event.key === "Escape" && input.current?.blur()}
        className={cx(
          CONTROL,
          "w-full pr-8 pl-8 placeholder:text-faint [&::-webkit-search-cancel-button]:hidden",
        )}
      />
      {text && (
        <button
          type="button"
          aria-label="Clear search"
          onClick={() => change("", 0)}
          className="absolute top-1/2 right-1 grid size-6 -translate-y-1/2 place-items-center text-faint hover:text-ink"
        >
          <X aria-hidden className="size-3.5" />
        </button>
      )}
    </div>
  );
}
