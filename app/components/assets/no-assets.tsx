import { Link } from "@remix-run/react";
import { SearchX, Server } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../ui/button.tsx";
import { Empty } from "../ui/empty.tsx";

/** Why the list is empty, and what to do next. */
export function NoAssets({ narrowed, all, actions }: { narrowed: boolean; all: string; actions: ReactNode }) {
  if (narrowed) {
    return (
      <Empty
        icon={SearchX}
        title="No asset matches these filters"
        action={
          <Button asChild>
            <Link to={all}>Show all assets</Link>
          </Button>
        }
      />
    );
  }
  return (
    <Empty icon={Server} title="No assets yet" action={actions}>
      Servers and services appear here by themselves with their first alert. Add or import them to say what
      they are, which are critical, and what depends on what.
    </Empty>
  );
}
