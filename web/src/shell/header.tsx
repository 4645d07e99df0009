import emblem from "@theme/public/emblem.svg?url";
import { useValue } from "../observable";
import { language, languages, say, speak, themed } from "../messages";
import { link, route } from "../router";
import { person } from "../session";

export function Header() {
  return (
    <header>
      <a class="brand" href={link()}>
        <img src={emblem} alt="" width="36" height="36" />
        <span>{themed("name")}</span>
      </a>
      <nav aria-label={say("account")}>
        <Account />
        <Languages />
      </nav>
    </header>
  );
}

function Account() {
  const who = useValue(person);
  const [page] = useValue(route);
  if (who) return <a href={link("me")}>{who.name}</a>;
  return page === "sign-in" ? null : <a href={link("sign-in")}>{say("sign_in")}</a>;
}

/** One other language: a button with its name. More: a list. */
function Languages() {
  const others = languages.filter(([code]) => code !== language.value);
  if (others.length === 1) {
    const [code, name] = others[0]!;
    return (
      <button type="button" class="plain" lang={code} onClick={() => void speak(code)}>
        {name}
      </button>
    );
  }
  return (
    <select
      aria-label={say("choose_language")}
      value={language.value}
      onChange={(event) => void speak(event.currentTarget.value)}
    >
      {languages.map(([code, name]) => (
        <option key={code} value={code} lang={code}>
          {name}
        </option>
      ))}
    </select>
  );
}
