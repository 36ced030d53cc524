// A text field that narrows a list down.

import { Search, X } from "lucide-react";
import type { ComponentProps } from "react";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { Icon } from "./icon";
import { IconButton } from "./icon-button";
import { Input } from "./input";

type Props = Omit<ComponentProps<"input">, "onChange" | "value" | "type"> & {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
};

export function SearchField({ label, value, onChange, className, ...rest }: Props) {
  return (
    <div className={cx("relative", className)}>
      <Icon
        icon={Search}
        className="pointer-events-none absolute start-2.5 top-1/2 -translate-y-1/2 text-fg-subtle"
      />
      <Input
        {...rest}
        type="search"
        aria-label={label}
        placeholder={rest.placeholder ?? label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="ps-8 pe-8 [&::-webkit-search-cancel-button]:hidden"
      />
      {value !== "" && (
        <IconButton
          icon={X}
          size="small"
          label={t("common.clear")}
          onClick={() => onChange("")}
          className="absolute end-1 top-1/2 -translate-y-1/2"
        />
      )}
    </div>
  );
}
