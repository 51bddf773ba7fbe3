import { Link, Outlet } from "@remix-run/react";
import { Logo } from "../components/ui/logo.tsx";

export default function Auth() {
  return (
    <div className="relative grid min-h-dvh place-items-center overflow-hidden px-4 py-10">
      <div aria-hidden className="aurora" />
      <main className="glass relative w-full max-w-sm rounded-xl p-7">
        <Link to="/" className="mb-6 inline-flex items-center gap-2.5 font-semibold tracking-tight">
          <Logo className="size-7" />
          Alert Whisperer
        </Link>
        <Outlet />
      </main>
    </div>
  );
}
