// What a test expected and what it got, item by item and path by path.

import { Link } from "@tanstack/react-router";
import type { JsonValue, TestDifference, TestResult } from "@/api/types";
import { turnLabel } from "@/features/runs";
import { t } from "@/lib/i18n";

const SHOWN_AT_MOST = 50;

export function Differences({ result }: { readonly result: TestResult }) {
  const { differences, execution, error } = result;
  return (
    <div className="border-t border-line bg-sunken px-4 py-3">
      {differences.length === 0 ? (
        <p className="text-error">{error?.message ?? t("tests.noDifference")}</p>
      ) : (
        <ul aria-label={t("tests.differences")} className="flex flex-col gap-3">
          {differences.slice(0, SHOWN_AT_MOST).map((one) => (
            <li key={keyOf(one)}>
              <Difference difference={one} />
            </li>
          ))}
        </ul>
      )}
      {differences.length > SHOWN_AT_MOST && (
        <p className="pt-2 text-xs text-fg-muted">
          {t("tests.moreDifferences", { count: differences.length - SHOWN_AT_MOST })}
        </p>
      )}
      {execution && (
        <Link
          to="/runs/$executionId"
          params={{ executionId: execution }}
          className="mt-2 inline-block rounded-small text-xs text-accent hover:underline"
        >
          {t("tests.openRun")}
        </Link>
      )}
    </div>
  );
}

const keyOf = ({ node, run, port, item, path }: TestDifference): string =>
  [node, run, port, item, path].join(" ");

function Difference({ difference }: { readonly difference: TestDifference }) {
  const { name, run, port, item, path, expected, actual } = difference;
  const where = [
    name,
    run === "0" ? null : t("inspector.turn.label", { turn: turnLabel(run) }),
    port === "main" ? null : port,
    item === null ? null : t("inspector.item.number", { number: item + 1 }),
  ];
  return (
    <div className="flex flex-col gap-1">
      <p className="text-xs text-fg-muted">
        {where.filter((part) => part !== null).join(" · ")}
        {path !== "" && <code className="ms-2 font-code text-fg">{path}</code>}
      </p>
      <div className="grid grid-cols-2 gap-2 max-sm:grid-cols-1">
        <Value label={t("tests.expected")} sign="−" tone="bg-error-soft" value={expected} />
        <Value label={t("tests.actual")} sign="+" tone="bg-success-soft" value={actual} />
      </div>
    </div>
  );
}

type ValueProps = {
  readonly label: string;
  readonly sign: string;
  readonly tone: string;
  readonly value: JsonValue | undefined;
};

function Value({ label, sign, tone, value }: ValueProps) {
  return (
    <div className={`min-w-0 rounded-small p-2 ${tone}`}>
      <p className="text-2xs font-medium text-fg-muted">
        <span aria-hidden>{sign} </span>
        {label}
      </p>
      <pre className="max-h-40 overflow-auto font-code text-xs whitespace-pre-wrap wrap-anywhere">
        {value === undefined ? t("tests.absent") : JSON.stringify(value, null, 2)}
      </pre>
    </div>
  );
}
