import { Scripts } from "@remix-run/react";
import { Children, cloneElement, createContext, isValidElement, type ReactNode } from "react";

/** The CSP nonce while rendering on the server; browsers hide it from the page, so undefined there. */
export const NonceContext = createContext<string | undefined>(undefined);

function withNonce(node: ReactNode, nonce: string | undefined): ReactNode {
  return Children.map(node, (child) => {
    if (!isValidElement<{ children?: ReactNode; nonce?: string }>(child)) return child;
    if (child.type === "link") return cloneElement(child, { nonce });
    if (child.props.children) return cloneElement(child, {}, withNonce(child.props.children, nonce));
    return child;
  });
}

/** Remix gives its scripts the nonce but not its modulepreload links, which strict-dynamic then blocks. */
export function NoncedScripts({ nonce }: { nonce: string | undefined }) {
  return withNonce(Scripts({ nonce }), nonce);
}
