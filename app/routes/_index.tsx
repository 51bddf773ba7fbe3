import { Link } from "@remix-run/react";
import { Example } from "../components/public/example.tsx";
import { Points } from "../components/public/points.tsx";
import { Button } from "../components/ui/button.tsx";
import { CodeBlock } from "../components/ui/code-block.tsx";
import { Logo } from "../components/ui/logo.tsx";

const ALERTMANAGER = `receivers:
  - name: alert-whisperer
    webhook_configs:
      - url: https://<this address>/api/webhooks/alertmanager?api_key=aw_...
        send_resolved: true`;

export default function PublicPage() {
  return (
    <div className="relative overflow-hidden">
      <div aria-hidden className="aurora h-[46rem] [mask-image:linear-gradient(#000_55%,transparent)]" />
      <div className="relative mx-auto max-w-5xl px-5">
        <header className="flex h-16 items-center justify-between">
          <span className="flex items-center gap-2.5 font-semibold tracking-tight">
            <Logo className="size-7" />
            Alert Whisperer
          </span>
          <nav aria-label="Account" className="flex items-center gap-2">
            <Button asChild look="quiet">
              <Link to="/login">Sign in</Link>
            </Button>
            <Button asChild look="primary" className="max-sm:hidden">
              <Link to="/signup">Create an account</Link>
            </Button>
          </nav>
        </header>
        <main>
          <section className="pt-16 pb-14 text-center sm:pt-24">
            <h1 className="mx-auto max-w-3xl text-3xl font-semibold tracking-tight text-balance sm:text-[3.25rem]">
              An alert storm, told as a few incidents
            </h1>
            <p className="mx-auto mt-5 max-w-2xl text-lg text-soft text-pretty">
              For managed service providers: the monitoring tools of every client post to one endpoint. What
              belongs together becomes one incident, ranked, live, and with its reasons.
            </p>
            <div className="mt-8 flex flex-wrap justify-center gap-3">
              <Button asChild look="primary" size="lg">
                <Link to="/signup">Create an account</Link>
              </Button>
              <Button asChild size="lg">
                <Link to="/login">Sign in</Link>
              </Button>
            </div>
          </section>
          <Example />
          <section aria-labelledby="points" className="py-20">
            <h2 id="points" className="mb-10 text-xl font-semibold tracking-tight">
              What it does
            </h2>
            <Points />
          </section>
          <section aria-labelledby="start" className="grid items-center gap-8 border-t py-16 lg:grid-cols-2">
            <div>
              <h2 id="start" className="text-xl font-semibold tracking-tight">
                Connected with a few lines
              </h2>
              <p className="mt-2 text-soft">
                Prometheus Alertmanager needs one receiver and no template. Everything else that can send JSON
                over HTTPS posts to the generic endpoint, signed with the company’s secret.
              </p>
            </div>
            <CodeBlock label="alertmanager.yml" text={ALERTMANAGER} />
          </section>
        </main>
        <footer className="border-t py-8 text-sm text-faint">
          Alert Whisperer is free software under the Apache License 2.0. Its{" "}
          <Link to="/docs" className="underline underline-offset-2">
            API
          </Link>{" "}
          is open to read.
        </footer>
      </div>
    </div>
  );
}
