export function Logo({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={className}>
      <rect width="32" height="32" rx="8" className="fill-accent-solid" />
      <g fill="none" stroke="#fff" strokeLinecap="round" strokeWidth="2.6">
        <path d="M7 10h4M7 16h7M7 22h4" opacity=".6" />
        <path d="M14 10c5 0 4 6 9 6M14 22c5 0 4-6 9-6M14 16h11" />
      </g>
    </svg>
  );
}
