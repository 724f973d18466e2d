import { useEffect, useState } from 'react';
import { LightIcon, MoonIcon } from './icons';

type Theme = 'light' | 'dark';
const STORED = 'invigil.theme';

/** Applies the stored choice before anything is drawn. */
export function applyStoredTheme(): void {
  const stored = read();
  if (stored) {
    document.documentElement.dataset.theme = stored;
  }
}

export function ThemeToggle() {
  const [theme, setTheme] = useState<Theme>(() => read() ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'));
  useEffect(() => {
    const system = matchMedia('(prefers-color-scheme: dark)');
    const follow = () => read() ?? setTheme(system.matches ? 'dark' : 'light');
    system.addEventListener('change', follow);
    return () => system.removeEventListener('change', follow);
  }, []);
  const other = theme === 'dark' ? 'light' : 'dark';
  return (
    <button
      type="button"
      className="button icon-only"
      aria-label={`Use the ${other} theme`}
      title={`Use the ${other} theme`}
      onClick={() => {
        document.documentElement.dataset.theme = other;
        write(other);
        setTheme(other);
      }}
    >
      {theme === 'dark' ? <LightIcon /> : <MoonIcon />}
    </button>
  );
}

// Storage is refused in some private windows; the choice then lasts as long as the page.
function read(): Theme | null {
  try {
    const stored = localStorage.getItem(STORED);
    return stored === 'light' || stored === 'dark' ? stored : null;
  } catch {
    return null;
  }
}

function write(theme: Theme): void {
  try {
    localStorage.setItem(STORED, theme);
  } catch {
    // See above.
  }
}
