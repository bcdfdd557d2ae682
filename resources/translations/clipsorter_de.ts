<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Actions</name>
    <message>
        <source>&amp;Open …</source>
        <translation>&amp;Öffnen …</translation>
    </message>
    <message>
        <source>Look &amp;again</source>
        <translation>Neu &amp;einlesen</translation>
    </message>
    <message>
        <source>Show all, then stop</source>
        <translation>Alle zeigen, dann anhalten</translation>
    </message>
    <message>
        <source>Review &amp;unsure ones</source>
        <translation>&amp;Unsichere durchgehen</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Größer</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Kleiner</translation>
    </message>
    <message>
        <source>&amp;Large preview</source>
        <translation>&amp;Große Vorschau</translation>
    </message>
    <message>
        <source>&amp;Folders and categories</source>
        <translation>&amp;Ordner und Kategorien</translation>
    </message>
    <message>
        <source>&amp;Preview</source>
        <translation>&amp;Vorschau</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Models …</source>
        <translation>&amp;Modelle …</translation>
    </message>
    <message>
        <source>&amp;Settings …</source>
        <translation>E&amp;instellungen …</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>Choose &amp;all shown</source>
        <translation>&amp;Alle gezeigten auswählen</translation>
    </message>
    <message>
        <source>&amp;Search …</source>
        <translation>&amp;Suchen …</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>Size of the photos</source>
        <translation>Größe der Fotos</translation>
    </message>
    <message>
        <source>Size of the photos (+ and −)</source>
        <translation>Größe der Fotos (+ und −)</translation>
    </message>
</context>
<context>
    <name>Bars</name>
    <message>
        <source>The bar is the share of the answer; “similar” is how close photo and words are, −1 to 1.</source>
        <translation>Der Balken zeigt den Anteil an der Antwort; „ähnlich“ sagt, wie nah Foto und Wörter einander sind, von −1 bis 1.</translation>
    </message>
    <message>
        <source>The percentages are fitted to your {count} decisions: of photos that are 80 % sure, about 80 % should be right, as far as the others are like those that you decided.</source>
        <translation>Die Prozente sind an Ihre {count} Entscheidungen angepasst: Von Fotos, die zu 80 % sicher sind, sollten etwa 80 % stimmen, soweit die anderen so sind wie die entschiedenen.</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
    <message>
        <source>similar {value}</source>
        <translation>ähnlich {value}</translation>
    </message>
</context>
<context>
    <name>Caption</name>
    <message>
        <source>{number} of {count}</source>
        <translation>{number} von {count}</translation>
    </message>
    <message>
        <source>Enter accept · Backspace take back · ← → other photos · Space close</source>
        <translation>Eingabe annehmen · Rücktaste zurücknehmen · ← → andere Fotos · Leertaste schließen</translation>
    </message>
</context>
<context>
    <name>CategoryDelegate</name>
    <message>
        <source>unknown word</source>
        <translation>unbekanntes Wort</translation>
    </message>
    <message>
        <source>{right} of {count} right</source>
        <translation>{right} von {count} richtig</translation>
    </message>
    <message>
        <source>{number} by you</source>
        <translation>{number} von Hand</translation>
    </message>
</context>
<context>
    <name>CategoryEditor</name>
    <message>
        <source>Another category has this name.</source>
        <translation>Eine andere Kategorie heißt schon so.</translation>
    </message>
    <message>
        <source>Prompts, one a line</source>
        <translation>Beschreibungen, eine je Zeile</translation>
    </message>
    <message>
        <source>Keep or cancel this change first.</source>
        <translation>Bitte zuerst diese Änderung übernehmen oder verwerfen.</translation>
    </message>
    <message>
        <source>As for all categories</source>
        <translation>Wie bei allen Kategorien</translation>
    </message>
    <message>
        <source>Sure from this probability on</source>
        <translation>Sicher ab dieser Wahrscheinlichkeit</translation>
    </message>
    <message>
        <source>Photos below this stay unsure. Higher: fewer photos, but fewer wrong ones.</source>
        <translation>Fotos darunter bleiben unsicher. Höher: weniger Fotos, aber auch weniger falsche.</translation>
    </message>
    <message>
        <source>Look for it</source>
        <translation>Danach suchen</translation>
    </message>
    <message>
        <source>Switched off, the category keeps its place and what you decided.</source>
        <translation>Ausgeschaltet behält die Kategorie ihren Platz und die Entscheidungen.</translation>
    </message>
    <message>
        <source>Colour {number}</source>
        <translation>Farbe {number}</translation>
    </message>
    <message>
        <source>One a line, in plain English; a photo that fits one of them fits. Empty: the name is looked for.</source>
        <translation>Eine je Zeile, in einfachem Englisch; es genügt, wenn ein Foto zu einer davon passt. Leer: Gesucht wird der Name.</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>&amp;Prompts</source>
        <translation>&amp;Beschreibungen</translation>
    </message>
    <message>
        <source>Sure from</source>
        <translation>Sicher ab</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>&amp;Keep</source>
        <translation>Ü&amp;bernehmen</translation>
    </message>
    <message>
        <source>Let the change count (Ctrl+Return)</source>
        <translation>Die Änderung gelten lassen (Strg+Eingabe)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Leave the category as it is (Esc)</source>
        <translation>Die Kategorie lassen, wie sie ist (Esc)</translation>
    </message>
    <message>
        <source>Category: {name}</source>
        <translation>Kategorie: {name}</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
</context>
<context>
    <name>CategoryMenu</name>
    <message>
        <source>Put it back</source>
        <translation>Zurückholen</translation>
    </message>
    <message>
        <source>&amp;Categories</source>
        <translation>&amp;Kategorien</translation>
    </message>
    <message>
        <source>&amp;Open a set</source>
        <translation>Satz &amp;öffnen</translation>
    </message>
    <message>
        <source>Dele&amp;te a set</source>
        <translation>Sa&amp;tz löschen</translation>
    </message>
    <message>
        <source>&amp;Import from a text file …</source>
        <translation>Aus Textdatei &amp;importieren …</translation>
    </message>
    <message>
        <source>Sa&amp;ve as a set …</source>
        <translation>Als Satz s&amp;peichern …</translation>
    </message>
    <message>
        <source>E&amp;xport to a text file …</source>
        <translation>In Textdatei e&amp;xportieren …</translation>
    </message>
    <message>
        <source>The set was not saved: it needs a name.</source>
        <translation>Der Satz wurde nicht gespeichert: Er braucht einen Namen.</translation>
    </message>
    <message>
        <source>“{name}” was saved in place of the set before.</source>
        <translation>„{name}“ wurde anstelle des früheren Satzes gespeichert.</translation>
    </message>
    <message>
        <source>“{name}” is saved. It is in the Categories menu.</source>
        <translation>„{name}“ ist gespeichert und steht im Menü „Kategorien“.</translation>
    </message>
    <message>
        <source>The set “{name}” is deleted; categories and photos are as before.</source>
        <translation>Der Satz „{name}“ ist gelöscht; Kategorien und Fotos sind wie zuvor.</translation>
    </message>
    <message>
        <source>{path} is too large for a list of categories.</source>
        <translation>{path} ist zu groß für eine Liste von Kategorien.</translation>
    </message>
    <message>
        <source>{path} can&apos;t be read: {reason}.</source>
        <translation>{path} lässt sich nicht lesen: {reason}.</translation>
    </message>
    <message>
        <source>{path} is not a text file in UTF-8; save it as UTF-8.</source>
        <translation>{path} ist keine Textdatei in UTF-8; bitte als UTF-8 speichern.</translation>
    </message>
    <message>
        <source>{path} can&apos;t be written: {reason}.</source>
        <translation>{path} lässt sich nicht schreiben: {reason}.</translation>
    </message>
    <message>
        <source>The categories are in {path}.</source>
        <translation>Die Kategorien stehen jetzt in {path}.</translation>
    </message>
    <message>
        <source>Save as a set</source>
        <translation>Als Satz speichern</translation>
    </message>
    <message>
        <source>Name of the set:</source>
        <translation>Name des Satzes:</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Import categories</source>
        <translation>Kategorien importieren</translation>
    </message>
    <message>
        <source>Export categories</source>
        <translation>Kategorien exportieren</translation>
    </message>
    <message>
        <source>Text files (*.txt);;All files (*)</source>
        <translation>Textdateien (*.txt);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Start &amp;with</source>
        <translation>&amp;Anfangen mit</translation>
    </message>
    <message>
        <source>Family and home</source>
        <translation>Familie und Zuhause</translation>
    </message>
    <message>
        <source>Travel</source>
        <translation>Reisen</translation>
    </message>
    <message>
        <source>Documents and screenshots</source>
        <translation>Dokumente und Bildschirmfotos</translation>
    </message>
    <message>
        <source>Animals</source>
        <translation>Tiere</translation>
    </message>
    <message>
        <source>Product shots</source>
        <translation>Produktfotos</translation>
    </message>
    <message>
        <source>“{name}” was not opened. {reason}</source>
        <translation>„{name}“ wurde nicht geöffnet. {reason}</translation>
    </message>
    <message>
        <source>“{name}” was not opened: there is no category in it.</source>
        <translation>„{name}“ wurde nicht geöffnet: Es enthält keine Kategorie.</translation>
    </message>
    <message>
        <source>open “{name}”</source>
        <translation>„{name}“ öffnen</translation>
    </message>
</context>
<context>
    <name>CategoryModel</name>
    <message>
        <source>add {count} categories</source>
        <translation>{count} Kategorien hinzufügen</translation>
    </message>
    <message>
        <source>add {names}</source>
        <translation>{names} hinzufügen</translation>
    </message>
    <message>
        <source>delete {name}</source>
        <translation>{name} löschen</translation>
    </message>
    <message>
        <source>rename {old}</source>
        <translation>{old} umbenennen</translation>
    </message>
    <message>
        <source>merge {other} into {name}</source>
        <translation>{other} mit {name} zusammenlegen</translation>
    </message>
    <message>
        <source>change {name}</source>
        <translation>{name} ändern</translation>
    </message>
    <message>
        <source>The category “{name}” is in the list already.</source>
        <translation>Die Kategorie „{name}“ steht schon in der Liste.</translation>
    </message>
    <message>
        <source>colour {name}</source>
        <translation>{name} färben</translation>
    </message>
    <message>
        <source>move {name}</source>
        <translation>{name} verschieben</translation>
    </message>
</context>
<context>
    <name>CategoryPanel</name>
    <message>
        <source>Add: dogs, cats, beach</source>
        <translation>Neu: dogs, cats, beach</translation>
    </message>
    <message>
        <source>Add a category</source>
        <translation>Kategorie hinzufügen</translation>
    </message>
    <message>
        <source>Names, with commas between them. Animals/Dogs makes a tree, Rex = a small brown dog gives a prompt.</source>
        <translation>Namen, durch Kommas getrennt. Animals/Dogs ergibt einen Baum, Rex = a small brown dog eine Beschreibung. Verstanden werden englische Wörter.</translation>
    </message>
    <message>
        <source>Categories</source>
        <translation>Kategorien</translation>
    </message>
    <message>
        <source>&amp;Edit …</source>
        <translation>&amp;Bearbeiten …</translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation>&amp;Umbenennen</translation>
    </message>
    <message>
        <source>&amp;Switch on or off</source>
        <translation>Ein- oder aus&amp;schalten</translation>
    </message>
    <message>
        <source>Move &amp;up</source>
        <translation>Nach &amp;oben</translation>
    </message>
    <message>
        <source>Move &amp;down</source>
        <translation>&amp;Nach unten</translation>
    </message>
    <message>
        <source>Ten &amp;quick questions …</source>
        <translation>&amp;Zehn schnelle Fragen …</translation>
    </message>
    <message>
        <source>Yes or no to ten photos that say most; then say how often it shall be right</source>
        <translation>Ja oder Nein zu den zehn Fotos, die am meisten verraten; dann sagen, wie oft die Kategorie stimmen soll</translation>
    </message>
    <message>
        <source>De&amp;lete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>For&amp;get its examples</source>
        <translation>Ihre Beispiele ver&amp;gessen</translation>
    </message>
    <message>
        <source>&amp;Colour</source>
        <translation>&amp;Farbe</translation>
    </message>
    <message>
        <source>Colour {number}</source>
        <translation>Farbe {number}</translation>
    </message>
</context>
<context>
    <name>CategoryStart</name>
    <message>
        <source>Write below what the photos may show, begin with a set that is ready, or see what the photos suggest.</source>
        <translation>Schreiben Sie unten, was die Fotos zeigen können, beginnen Sie mit einem fertigen Satz, oder lassen Sie sich von den Fotos etwas vorschlagen.</translation>
    </message>
    <message>
        <source>Start with a set</source>
        <translation>Mit fertigen Kategorien beginnen</translation>
    </message>
</context>
<context>
    <name>CategoryView</name>
    <message>
        <source>Categories</source>
        <translation>Kategorien</translation>
    </message>
</context>
<context>
    <name>CategoryWords</name>
    <message>
        <source>{name}. Photos: {count}, of them decided by you: {by_you}</source>
        <translation>{name}. Fotos: {count}, davon von Hand entschieden: {by_you}</translation>
    </message>
    <message>
        <source>{name}, switched off. Photos decided by you: {by_you}</source>
        <translation>{name}, ausgeschaltet. Von Hand entschiedene Fotos: {by_you}</translation>
    </message>
    <message>
        <source>{right} of {count} right</source>
        <translation>{right} von {count} richtig</translation>
    </message>
    <message>
        <source>A heading: it is not looked for itself. Its number counts all that is below it.</source>
        <translation>Eine Überschrift: Nach ihr selbst wird nicht gesucht. Ihre Zahl zählt alles, was unter ihr steht.</translation>
    </message>
    <message>
        <source>It keeps its place and what you decided; it is just not looked for.</source>
        <translation>Platz und Entscheidungen bleiben erhalten; es wird nur nicht danach gesucht.</translation>
    </message>
    <message>
        <source>The bar: {percent} % of the photos that look like this are settled ({sure} because the model is sure, {by_you} by you). Of the others, {unsure}, it is the best guess of a model that is unsure.</source>
        <translation>Der Balken: {percent} % der Fotos, die so aussehen, sind entschieden ({sure}, weil das Modell sicher ist, {by_you} von Hand). Bei den übrigen, {unsure}, ist dies die beste Vermutung eines unsicheren Modells.</translation>
    </message>
    <message>
        <source>Looks for: {prompts}</source>
        <translation>Gesucht wird: {prompts}</translation>
    </message>
    <message>
        <source>Sure from {percent} % on.</source>
        <translation>Sicher ab {percent} %.</translation>
    </message>
    <message>
        <source>It learns from {count} of your photos.</source>
        <translation>Sie lernt aus {count} Ihrer Fotos.</translation>
    </message>
    <message>
        <source>Key {number} puts the chosen photos here.</source>
        <translation>Taste {number} ordnet die ausgewählten Fotos hier ein.</translation>
    </message>
    <message>
        <source>How often it is right: too few to say. It is sure of {count} of the photos that you decided, and {fewest} are needed; ten quick questions, in its menu, get there soonest.</source>
        <translation>Wie oft sie stimmt: zu wenige, um das zu sagen. Bei {count} der Fotos, über die Sie entschieden haben, ist sie sicher; {fewest} sind nötig. Am schnellsten geht es mit zehn schnellen Fragen in ihrem Menü.</translation>
    </message>
    <message>
        <source>How often it is right: {right} of {count} ({percent} %) of the photos that you decided and that it would surely put here, each judged without your decision. Of all photos it may be {low} to {high} % (95 % interval), if those that you decided are like the rest.</source>
        <translation>Wie oft sie stimmt: bei {right} von {count} ({percent} %) der Fotos, über die Sie entschieden haben und die das Modell sicher hier einordnen würde, jedes ohne Ihre Entscheidung beurteilt. Bei allen Fotos können es {low} bis {high} % sein (95-%-Intervall), wenn die entschiedenen so sind wie der Rest.</translation>
    </message>
    <message>
        <source>The model does not know the word “{name}”, so nothing will be put there. Use plain English nouns.</source>
        <translation>Das Modell kennt das Wort „{name}“ nicht und ordnet dort nichts ein. Am besten sind einfache englische Substantive.</translation>
    </message>
</context>
<context>
    <name>ChangeWords</name>
    <message>
        <source>The model does not know {words}, so nothing would be put there. Use plain English nouns.</source>
        <translation>Das Modell kennt {words} nicht, also käme nichts dorthin. Am besten sind einfache englische Substantive.</translation>
    </message>
    <message>
        <source>The model does not know {words}; it would look for the rest.</source>
        <translation>Das Modell kennt {words} nicht; nach dem Rest würde es suchen.</translation>
    </message>
    <message>
        <source>No photo is looked at yet, so nothing can be said of what this would change.</source>
        <translation>Noch ist kein Foto angesehen, also lässt sich nicht sagen, was das ändern würde.</translation>
    </message>
    <message>
        <source>Elsewhere: {changes}.</source>
        <translation>Anderswo: {changes}.</translation>
    </message>
    <message>
        <source>No photo would go elsewhere.</source>
        <translation>Kein Foto käme woandershin.</translation>
    </message>
    <message>
        <source>That is for the photos looked at so far: {count}.</source>
        <translation>Das gilt für die bisher angesehenen Fotos: {count}.</translation>
    </message>
    <message>
        <source>“{word}”</source>
        <translation>„{word}“</translation>
    </message>
    <message>
        <source>“{name}” would gain {gained} and lose {lost}.</source>
        <translation>„{name}“ bekäme {gained} dazu und verlöre {lost}.</translation>
    </message>
    <message>
        <source>“{name}” would gain {gained}.</source>
        <translation>„{name}“ bekäme {gained} dazu.</translation>
    </message>
    <message>
        <source>“{name}” would lose {lost}.</source>
        <translation>„{name}“ verlöre {lost}.</translation>
    </message>
    <message>
        <source>“{name}” would neither gain nor lose any.</source>
        <translation>„{name}“ bekäme nichts dazu und verlöre nichts.</translation>
    </message>
    <message>
        <source>{count} more categories</source>
        <translation>{count} weitere Kategorien</translation>
    </message>
    <message>
        <source>1 more category</source>
        <translation>1 weitere Kategorie</translation>
    </message>
    <message>
        <source>unsure {changes}</source>
        <translation>unsicher {changes}</translation>
    </message>
</context>
<context>
    <name>Checkup</name>
    <message>
        <source>Chec&amp;k categories …</source>
        <translation>&amp;Kategorien prüfen …</translation>
    </message>
    <message>
        <source>Look for categories that overlap, have no photo or too many, or could be split</source>
        <translation>Kategorien finden, die sich überschneiden, kein Foto oder zu viele haben oder geteilt werden könnten</translation>
    </message>
    <message>
        <source>Merge into “{name}”</source>
        <translation>Mit „{name}“ zusammenlegen</translation>
    </message>
    <message>
        <source>Put “{name}” below “{parent}”</source>
        <translation>„{name}“ unter „{parent}“ stellen</translation>
    </message>
    <message>
        <source>Look for “{phrase}”</source>
        <translation>Nach „{phrase}“ suchen</translation>
    </message>
    <message>
        <source>Make subcategories</source>
        <translation>Unterkategorien anlegen</translation>
    </message>
    <message>
        <source>Show the photos</source>
        <translation>Fotos zeigen</translation>
    </message>
    <message>
        <source>Edit “{name}” …</source>
        <translation>„{name}“ bearbeiten …</translation>
    </message>
    <message>
        <source>Switch off</source>
        <translation>Ausschalten</translation>
    </message>
</context>
<context>
    <name>CheckupDialog</name>
    <message>
        <source>Check categories</source>
        <translation>Kategorien prüfen</translation>
    </message>
    <message>
        <source>&amp;Findings</source>
        <translation>&amp;Befunde</translation>
    </message>
    <message>
        <source>&amp;Best and worst</source>
        <translation>Sicherste und &amp;unsicherste</translation>
    </message>
    <message>
        <source>&amp;You and the model</source>
        <translation>&amp;Sie und das Modell</translation>
    </message>
    <message>
        <source>Check &amp;again</source>
        <translation>&amp;Noch einmal prüfen</translation>
    </message>
    <message>
        <source>C&amp;lose</source>
        <translation>Sch&amp;ließen</translation>
    </message>
    <message>
        <source>Checking “{name}”: {percent} %</source>
        <translation>„{name}“ wird geprüft: {percent} %</translation>
    </message>
    <message>
        <source>Checking the categories …</source>
        <translation>Kategorien werden geprüft …</translation>
    </message>
    <message>
        <source>There is nothing to check yet: it takes categories, and photos that were looked at.</source>
        <translation>Es gibt noch nichts zu prüfen: Dazu braucht es Kategorien und Fotos, die schon angesehen wurden.</translation>
    </message>
    <message>
        <source>Nothing is odd about the categories. Photos that were looked at: {count}.</source>
        <translation>An den Kategorien fällt nichts auf. Angesehene Fotos: {count}.</translation>
    </message>
    <message>
        <source>Findings: {findings}. Photos that were looked at: {count}.</source>
        <translation>Befunde: {findings}. Angesehene Fotos: {count}.</translation>
    </message>
</context>
<context>
    <name>ConfusionModel</name>
    <message>
        <source>You: {truth}. The model: {said}. Photos: {count}</source>
        <translation>Sie: {truth}. Das Modell: {said}. Fotos: {count}</translation>
    </message>
    <message>
        <source>unsure</source>
        <translation>unsicher</translation>
    </message>
    <message>
        <source>You say {truth}, the model says {said}: {count}</source>
        <translation>Sie sagen {truth}, das Modell sagt {said}: {count}</translation>
    </message>
    <message>
        <source>decided</source>
        <translation>entschieden</translation>
    </message>
</context>
<context>
    <name>ConfusionPage</name>
    <message>
        <source>What you decided, and what the model says</source>
        <translation>Was Sie entschieden haben und was das Modell sagt</translation>
    </message>
    <message>
        <source>&amp;Copy as CSV</source>
        <translation>Als &amp;CSV kopieren</translation>
    </message>
    <message>
        <source>You decided nothing yet about photos of this folder in these categories. Once you did, this table shows how the model would have answered.</source>
        <translation>Sie haben bei den Fotos dieses Ordners noch nichts in diesen Kategorien entschieden. Danach zeigt diese Tabelle, wie das Modell geantwortet hätte.</translation>
    </message>
    <message>
        <source>Rows: what you decided (photos: {count}). Columns: what the model says, of each photo as if you had not decided about it. A click on a number shows these photos.</source>
        <translation>Zeilen: was Sie entschieden haben (Fotos: {count}). Spalten: was das Modell sagt, bei jedem Foto so, als hätten Sie es nicht entschieden. Ein Klick auf eine Zahl zeigt diese Fotos.</translation>
    </message>
    <message>
        <source>Too few decisions to go by, less than {fewest}: {names}.</source>
        <translation>Zu wenige Entscheidungen für eine Aussage, unter {fewest}: {names}.</translation>
    </message>
</context>
<context>
    <name>Destination</name>
    <message>
        <source>Into this folder</source>
        <translation>In diesen Ordner</translation>
    </message>
    <message>
        <source>Choose …</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>Sort into this folder</source>
        <translation>In diesen Ordner sortieren</translation>
    </message>
</context>
<context>
    <name>Discovery</name>
    <message>
        <source>&amp;Propose from the photos …</source>
        <translation>Aus den Fotos &amp;vorschlagen …</translation>
    </message>
    <message>
        <source>Group the photos of this folder, and name each group by an everyday word</source>
        <translation>Die Fotos dieses Ordners gruppieren und jede Gruppe mit einem alltäglichen (englischen) Wort benennen</translation>
    </message>
    <message>
        <source>Photos that look alike, the most typical first: {count}</source>
        <translation>Fotos, die sich ähnlich sehen, die typischsten zuerst: {count}</translation>
    </message>
    <message>
        <source>make {names}</source>
        <translation>{names} anlegen</translation>
    </message>
</context>
<context>
    <name>DiscoveryDialog</name>
    <message>
        <source>What the photos show</source>
        <translation>Was die Fotos zeigen</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>automatisch</translation>
    </message>
    <message>
        <source>How many groups</source>
        <translation>Wie viele Gruppen</translation>
    </message>
    <message>
        <source>More groups part what looks different; fewer join what looks alike</source>
        <translation>Mehr Gruppen trennen, was verschieden aussieht; weniger fassen zusammen, was sich ähnelt</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Schließen</translation>
    </message>
    <message>
        <source>&amp;Groups:</source>
        <translation>&amp;Gruppen:</translation>
    </message>
    <message>
        <source>Grouping the photos: {percent} %</source>
        <translation>Die Fotos werden gruppiert: {percent} %</translation>
    </message>
    <message>
        <source>Photos: {count}, groups that look alike: {groups}. Tick what is to become a category; any name can be changed.</source>
        <translation>Fotos: {count}, Gruppen, die sich ähnlich sehen: {groups}. Was angekreuzt ist, wird zur Kategorie; jeder Name lässt sich ändern.</translation>
    </message>
    <message>
        <source>No photo is looked at yet, so nothing can be proposed.</source>
        <translation>Noch ist kein Foto angesehen, darum kann nichts vorgeschlagen werden.</translation>
    </message>
    <message>
        <source>&amp;Make 1 category</source>
        <translation>1 Kategorie &amp;anlegen</translation>
    </message>
    <message>
        <source>&amp;Make {count} categories</source>
        <translation>{count} Kategorien &amp;anlegen</translation>
    </message>
</context>
<context>
    <name>DownloadBar</name>
    <message>
        <source>Progress of the download</source>
        <translation>Fortschritt des Herunterladens</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Pause</translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation>&amp;Fortsetzen</translation>
    </message>
    <message>
        <source>C&amp;ancel and remove</source>
        <translation>&amp;Abbrechen und entfernen</translation>
    </message>
    <message>
        <source>Stop, and delete what was fetched</source>
        <translation>Anhalten und löschen, was schon geladen ist</translation>
    </message>
    <message>
        <source>Getting {model}</source>
        <translation>{model} wird heruntergeladen</translation>
    </message>
    <message>
        <source>Asking the server …</source>
        <translation>Der Server wird gefragt …</translation>
    </message>
    <message>
        <source>{rate} MB/s</source>
        <translation>{rate} MB/s</translation>
    </message>
    <message>
        <source>comparing its SHA-256</source>
        <translation>SHA-256 wird verglichen</translation>
    </message>
    <message>
        <source>{reason} Trying again in {seconds} s.</source>
        <translation>{reason} Neuer Versuch in {seconds} s.</translation>
    </message>
    <message>
        <source>Stopping …</source>
        <translation>Wird angehalten …</translation>
    </message>
    <message>
        <source>{model} is fetched in part</source>
        <translation>{model} ist teilweise geladen</translation>
    </message>
    <message>
        <source>Paused at {amount}. It goes on from there, also after a restart.</source>
        <translation>Pause bei {amount}. Von dort geht es weiter, auch nach einem Neustart.</translation>
    </message>
    <message>
        <source>{done} of {total} MB</source>
        <translation>{done} von {total} MB</translation>
    </message>
    <message>
        <source>{seconds} s left</source>
        <translation>noch {seconds} s</translation>
    </message>
    <message>
        <source>{minutes} min left</source>
        <translation>noch {minutes} min</translation>
    </message>
</context>
<context>
    <name>Duplicates</name>
    <message>
        <source>Find &amp;duplicates …</source>
        <translation>&amp;Doppelte finden …</translation>
    </message>
</context>
<context>
    <name>DuplicatesDialog</name>
    <message>
        <source>Duplicates</source>
        <translation>Doppelte</translation>
    </message>
    <message>
        <source>Groups of duplicates</source>
        <translation>Gruppen von Doppelten</translation>
    </message>
    <message>
        <source>Photos of this group; a tick chooses one for the trash</source>
        <translation>Fotos dieser Gruppe; ein Häkchen wählt eines für den Papierkorb</translation>
    </message>
    <message>
        <source>Tick &amp;all but the best</source>
        <translation>&amp;Alle außer dem besten ankreuzen</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Schließen</translation>
    </message>
    <message>
        <source>Comparing the photos: {percent} %</source>
        <translation>Die Fotos werden verglichen: {percent} %</translation>
    </message>
    <message>
        <source>Groups of duplicates: {groups}, among {count} photos. Nothing goes before you tick it.</source>
        <translation>Gruppen von Doppelten: {groups}, unter {count} Fotos. Nichts verschwindet, das Sie nicht ankreuzen.</translation>
    </message>
    <message>
        <source>No duplicates. Photos that were looked at: {count}.</source>
        <translation>Nichts Doppeltes. Angesehene Fotos: {count}.</translation>
    </message>
    <message>
        <source>The same file, {count} times</source>
        <translation>Dieselbe Datei, {count}-mal</translation>
    </message>
    <message>
        <source>One picture, {count} versions</source>
        <translation>Ein Bild, {count} Fassungen</translation>
    </message>
    <message>
        <source>One moment, {count} shots</source>
        <translation>Ein Moment, {count} Aufnahmen</translation>
    </message>
    <message>
        <source>★ best: {name}</source>
        <translation>★ das beste: {name}</translation>
    </message>
    <message>
        <source>keywords: {count}</source>
        <translation>Stichwörter: {count}</translation>
    </message>
    <message>
        <source>One photo of each group stays, so {name} was not ticked.</source>
        <translation>Ein Foto jeder Gruppe bleibt, darum wurde {name} nicht angekreuzt.</translation>
    </message>
    <message>
        <source>&amp;Move {count} to the trash …</source>
        <translation>{count} in den &amp;Papierkorb …</translation>
    </message>
</context>
<context>
    <name>EmptyPage</name>
    <message>
        <source>Open another folder …</source>
        <translation>Anderen Ordner öffnen …</translation>
    </message>
    <message>
        <source>Sort photos by words</source>
        <translation>Fotos nach Wörtern sortieren</translation>
    </message>
    <message>
        <source>Open a folder, then write categories on the left, such as dogs, cats, beach. Nothing leaves this computer, and no photo is changed.</source>
        <translation>Einen Ordner öffnen, dann links Kategorien schreiben, auf Englisch: dogs, cats, beach. Nichts verlässt diesen Rechner, und kein Foto wird verändert.</translation>
    </message>
    <message>
        <source>Open a folder …</source>
        <translation>Ordner öffnen …</translation>
    </message>
    <message>
        <source>All others are still there.</source>
        <translation>Alle anderen sind noch da.</translation>
    </message>
    <message>
        <source>No photo is like that</source>
        <translation>Kein Foto passt dazu</translation>
    </message>
    <message>
        <source>Show all photos</source>
        <translation>Alle Fotos zeigen</translation>
    </message>
    <message>
        <source>Looking for photos …</source>
        <translation>Suche nach Fotos …</translation>
    </message>
    <message>
        <source>{folder}
Check that its drive is connected.</source>
        <translation>{folder}
Ist das Laufwerk angeschlossen?</translation>
    </message>
    <message>
        <source>This folder is not there</source>
        <translation>Dieser Ordner ist nicht da</translation>
    </message>
    <message>
        <source>There are no photos in this folder</source>
        <translation>In diesem Ordner sind keine Fotos</translation>
    </message>
</context>
<context>
    <name>ExtremesPage</name>
    <message>
        <source>Category</source>
        <translation>Kategorie</translation>
    </message>
    <message>
        <source>Surest</source>
        <translation>Am sichersten</translation>
    </message>
    <message>
        <source>Least sure, but still in it</source>
        <translation>Am wenigsten sicher, aber noch dabei</translation>
    </message>
    <message>
        <source>Double click shows a photo among the others; Shift+Backspace says that it is not “{name}”.</source>
        <translation>Ein Doppelklick zeigt ein Foto unter den anderen; Umschalt+Rücktaste sagt, dass es nicht „{name}“ ist.</translation>
    </message>
    <message>
        <source>The model is sure of no photo here.</source>
        <translation>Das Modell ist hier bei keinem Foto sicher.</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
    <message>
        <source>Not this category</source>
        <translation>Nicht diese Kategorie</translation>
    </message>
</context>
<context>
    <name>Facts</name>
    <message>
        <source>Keywords: {words}</source>
        <translation>Stichwörter: {words}</translation>
    </message>
    <message>
        <source>File of {time}</source>
        <translation>Datei vom {time}</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
    </message>
    <message>
        <source>{length} mm</source>
        <translation>{length} mm</translation>
    </message>
    <message>
        <source>{number} MP</source>
        <translation>{number} MP</translation>
    </message>
</context>
<context>
    <name>FailureDialog</name>
    <message>
        <source>Clipsorter: something went wrong</source>
        <translation>Clipsorter: Etwas ist schiefgegangen</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Copy the details</source>
        <translation>Einzelheiten kopieren</translation>
    </message>
    <message>
        <source>Open the log folder</source>
        <translation>Protokollordner öffnen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>Failures</name>
    <message>
        <source>Something in Clipsorter went wrong. The program goes on, but what you did last may not have happened. If it comes again, restart Clipsorter and report the details below.</source>
        <translation>In Clipsorter ist etwas schiefgegangen. Das Programm läuft weiter, aber die letzte Aktion wurde vielleicht nicht ausgeführt. Kommt es wieder vor: Clipsorter neu starten und die Einzelheiten unten melden.</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Sure</source>
        <translation>Sicher</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>Unsicher</translation>
    </message>
    <message>
        <source>By you</source>
        <translation>Von Hand</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Nicht lesbar</translation>
    </message>
    <message>
        <source>Corrected</source>
        <translation>Korrigiert</translation>
    </message>
    <message>
        <source>Photos that you put elsewhere than the model would have</source>
        <translation>Fotos, die von Hand anders eingeordnet wurden, als das Modell es getan hätte</translation>
    </message>
    <message>
        <source>Show the photos of all categories again</source>
        <translation>Wieder die Fotos aller Kategorien zeigen</translation>
    </message>
    <message>
        <source>Sort by</source>
        <translation>Reihenfolge</translation>
    </message>
    <message>
        <source>Sort: folder</source>
        <translation>Reihenfolge: Ordner</translation>
    </message>
    <message>
        <source>Sort: name, A to Z</source>
        <translation>Reihenfolge: Name, A bis Z</translation>
    </message>
    <message>
        <source>Sort: name, Z to A</source>
        <translation>Reihenfolge: Name, Z bis A</translation>
    </message>
    <message>
        <source>Sort: newest file first</source>
        <translation>Reihenfolge: neueste Datei zuerst</translation>
    </message>
    <message>
        <source>Sort: oldest file first</source>
        <translation>Reihenfolge: älteste Datei zuerst</translation>
    </message>
    <message>
        <source>Headings: month of the file</source>
        <translation>Überschriften: Monat der Datei</translation>
    </message>
    <message>
        <source>Name or keyword</source>
        <translation>Name oder Stichwort</translation>
    </message>
    <message>
        <source>Show photos with this in their name or keywords</source>
        <translation>Fotos zeigen, in deren Namen oder Stichwörtern dies vorkommt</translation>
    </message>
    <message>
        <source>Sort: category</source>
        <translation>Reihenfolge: Kategorie</translation>
    </message>
    <message>
        <source>Sort: surest first</source>
        <translation>Reihenfolge: sicherste zuerst</translation>
    </message>
    <message>
        <source>Sort: least sure first</source>
        <translation>Reihenfolge: unsicherste zuerst</translation>
    </message>
    <message>
        <source>Group by</source>
        <translation>Gruppieren nach</translation>
    </message>
    <message>
        <source>No headings</source>
        <translation>Ohne Überschriften</translation>
    </message>
    <message>
        <source>Headings: category</source>
        <translation>Überschriften: Kategorie</translation>
    </message>
    <message>
        <source>Headings: folder</source>
        <translation>Überschriften: Ordner</translation>
    </message>
</context>
<context>
    <name>FindingWords</name>
    <message>
        <source>“{first}” and “{second}” overlap</source>
        <translation>„{first}“ und „{second}“ überschneiden sich</translation>
    </message>
    <message>
        <source>“{name}” means nothing to the model</source>
        <translation>„{name}“ sagt dem Modell nichts</translation>
    </message>
    <message>
        <source>“{name}” has no photo</source>
        <translation>„{name}“ hat kein Foto</translation>
    </message>
    <message>
        <source>“{name}” takes nearly all</source>
        <translation>„{name}“ nimmt fast alles</translation>
    </message>
    <message>
        <source>“{name}” takes more than half</source>
        <translation>„{name}“ bekommt mehr als die Hälfte</translation>
    </message>
    <message>
        <source>“{name}” may be better as “{phrase}”</source>
        <translation>„{name}“ wäre vielleicht besser als „{phrase}“</translation>
    </message>
    <message>
        <source>“{name}” has more than one meaning</source>
        <translation>„{name}“ hat mehr als eine Bedeutung</translation>
    </message>
    <message>
        <source>“{name}” holds different things</source>
        <translation>„{name}“ enthält Verschiedenes</translation>
    </message>
    <message>
        <source>The model sees nothing that “{name}” names, and has no example of it, so it puts nothing there. Use a plain English noun for a thing or a scene, or show it some photos: drop them on the category.</source>
        <translation>Das Modell sieht nichts, was „{name}“ bezeichnet, und hat kein Beispiel dafür, also kommt nichts hinein. Nehmen Sie ein einfaches englisches Hauptwort für ein Ding oder eine Szene, oder zeigen Sie ihm ein paar Fotos: Ziehen Sie sie auf die Kategorie.</translation>
    </message>
    <message>
        <source>{count} of the {total} photos are in “{name}”, so it tells little apart. Narrower categories below it, or in its place, say more.</source>
        <translation>{count} der {total} Fotos sind in „{name}“, die Kategorie unterscheidet also wenig. Engere Kategorien darunter oder an ihrer Stelle sagen mehr.</translation>
    </message>
    <message>
        <source>{count} of the {total} photos are in “{name}”; with {near} of them another category is close behind. It may mean more than you want: a narrower word, or a threshold of its own, helps.</source>
        <translation>{count} der {total} Fotos sind in „{name}“; bei {near} davon liegt eine andere Kategorie dicht dahinter. Vielleicht meint das Wort mehr als Sie: Ein engeres Wort oder eine eigene Schwelle hilft.</translation>
    </message>
    <message>
        <source>Of {count} photos that look most like “{name}” and were tried, some show things that have only the name in common: {groups}. Say which one you mean, or keep each apart.</source>
        <translation>Von {count} Fotos, die am ehesten nach „{name}“ aussehen und probiert wurden, zeigen einige Dinge, die nur den Namen gemeinsam haben: {groups}. Sagen Sie, was Sie meinen, oder halten Sie beides auseinander.</translation>
    </message>
    <message>
        <source>The {count} photos in “{name}” are of clearly different kinds. Categories below it would have: {groups}. The others stay in “{name}”.</source>
        <translation>Die {count} Fotos in „{name}“ sind deutlich verschiedener Art. Kategorien darunter bekämen: {groups}. Die anderen bleiben in „{name}“.</translation>
    </message>
    <message>
        <source>Their words mean nearly the same to this model.</source>
        <translation>Die Wörter bedeuten für dieses Modell fast dasselbe.</translation>
    </message>
    <message>
        <source>No photo is torn between them so far, but “{name}” gets next to none.</source>
        <translation>Noch steht kein Foto zwischen beiden, aber „{name}“ bekommt fast keines.</translation>
    </message>
    <message>
        <source>Photos that look most like “{one}”: {count}; of them torn, with “{two}” half as likely or more: {torn}.</source>
        <translation>Fotos, die am ehesten „{one}“ zeigen: {count}; davon zwischen beiden, mit „{two}“ mindestens halb so wahrscheinlich: {torn}.</translation>
    </message>
    <message>
        <source>The model surely sees “{name}” in none of the {total} photos.</source>
        <translation>Das Modell sieht „{name}“ auf keinem der {total} Fotos sicher.</translation>
    </message>
    <message>
        <source>The model surely sees “{name}” in none of the {total} photos. For {count} it is the best guess; one or two of these as examples would help, if they are right.</source>
        <translation>Das Modell sieht „{name}“ auf keinem der {total} Fotos sicher. Bei {count} wäre es am ehesten das; ein oder zwei davon als Beispiele würden helfen, wenn sie stimmen.</translation>
    </message>
    <message>
        <source>Of the {decided} photos that you decided and that were tried, the words “{phrase}” name {right} rightly and {wrong} wrongly; the name alone {right_before} and {wrong_before}.</source>
        <translation>Von den {decided} Fotos, die Sie entschieden haben und die probiert wurden, benennt „{phrase}“ {right} richtig und {wrong} falsch; der Name allein {right_before} und {wrong_before}.</translation>
    </message>
</context>
<context>
    <name>FindingsPage</name>
    <message>
        <source>Findings</source>
        <translation>Befunde</translation>
    </message>
    <message>
        <source>Photos of this finding</source>
        <translation>Fotos dieses Befunds</translation>
    </message>
    <message>
        <source>Here come categories that overlap, that mean nothing to the model, that have no photo or too many, and what would do better as a phrase, or as several categories.</source>
        <translation>Hier erscheinen Kategorien, die sich überschneiden, dem Modell nichts sagen, kein Foto oder zu viele haben, und was als Wendung oder als mehrere Kategorien besser wäre.</translation>
    </message>
</context>
<context>
    <name>FolderModel</name>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>{name}, photos: {count}</source>
        <translation>{name}, Fotos: {count}</translation>
    </message>
    <message>
        <source>What stays</source>
        <translation>Was bleibt</translation>
    </message>
    <message>
        <source>{count} of {all}</source>
        <translation>{count} von {all}</translation>
    </message>
</context>
<context>
    <name>FolderOfPhoto</name>
    <message>
        <source>Go to its fol&amp;der</source>
        <translation>Zu &amp;seinem Ordner gehen</translation>
    </message>
</context>
<context>
    <name>FolderPanel</name>
    <message>
        <source>Include su&amp;bfolders</source>
        <translation>&amp;Unterordner einbeziehen</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Vorwärts</translation>
    </message>
    <message>
        <source>Subfolders</source>
        <translation>Unterordner</translation>
    </message>
    <message>
        <source>Show the photos of the folders inside it as well</source>
        <translation>Auch die Fotos der Ordner darin zeigen</translation>
    </message>
    <message>
        <source>Remove from favourites</source>
        <translation>Aus Favoriten entfernen</translation>
    </message>
    <message>
        <source>Add to favourites</source>
        <translation>Zu Favoriten hinzufügen</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>&amp;Öffnen</translation>
    </message>
    <message>
        <source>Remove from &amp;favourites</source>
        <translation>Aus &amp;Favoriten entfernen</translation>
    </message>
    <message>
        <source>Add to &amp;favourites</source>
        <translation>Zu &amp;Favoriten hinzufügen</translation>
    </message>
</context>
<context>
    <name>FolderTree</name>
    <message>
        <source>Folders</source>
        <translation>Ordner</translation>
    </message>
</context>
<context>
    <name>GroupCard</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Show photos</source>
        <translation>Fotos zeigen</translation>
    </message>
    <message>
        <source>Show the photos of this group in the window, the most typical first</source>
        <translation>Die Fotos dieser Gruppe im Fenster zeigen, die typischsten zuerst</translation>
    </message>
    <message>
        <source>{count} photos</source>
        <translation>{count} Fotos</translation>
    </message>
    <message>
        <source>1 photo</source>
        <translation>1 Foto</translation>
    </message>
    <message>
        <source>Name of a group, photos: {count}</source>
        <translation>Name einer Gruppe, Fotos: {count}</translation>
    </message>
    <message>
        <source>Add examples</source>
        <translation>Beispiele hinzufügen</translation>
    </message>
    <message>
        <source>Make a category</source>
        <translation>Kategorie anlegen</translation>
    </message>
    <message>
        <source>Choose {name}</source>
        <translation>{name} auswählen</translation>
    </message>
    <message>
        <source>the group</source>
        <translation>die Gruppe</translation>
    </message>
    <message>
        <source>Now a category. Undo (Ctrl+Z) takes it back.</source>
        <translation>Jetzt eine Kategorie. Rückgängig (Strg+Z) nimmt sie zurück.</translation>
    </message>
    <message>
        <source>No everyday word fits. Give it a name of your own, or leave it.</source>
        <translation>Kein Alltagswort passt. Geben Sie ihr einen eigenen Namen, oder lassen Sie sie.</translation>
    </message>
    <message>
        <source>You have this category already.</source>
        <translation>Diese Kategorie gibt es schon.</translation>
    </message>
    <message>
        <source>You have this category. The photos here will be more examples of it.</source>
        <translation>Diese Kategorie gibt es schon. Die Fotos hier werden weitere Beispiele dafür.</translation>
    </message>
    <message>
        <source>A name of your own: its photo here will be its example.</source>
        <translation>Ein eigener Name: Das Foto hier wird zum Beispiel dafür.</translation>
    </message>
    <message>
        <source>A name of your own: its {count} photos here will be its examples.</source>
        <translation>Ein eigener Name: Die {count} Fotos hier werden zu Beispielen dafür.</translation>
    </message>
</context>
<context>
    <name>Help</name>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>Help &amp;pages</source>
        <translation>&amp;Hilfeseiten</translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation>&amp;Tasten</translation>
    </message>
    <message>
        <source>What the &amp;model knows</source>
        <translation>Was das &amp;Modell kennt</translation>
    </message>
    <message>
        <source>Open the &amp;log folder</source>
        <translation>&amp;Protokollordner öffnen</translation>
    </message>
    <message>
        <source>&amp;Copy a report for a bug</source>
        <translation>&amp;Bericht für eine Fehlermeldung kopieren</translation>
    </message>
    <message>
        <source>&amp;About Clipsorter</source>
        <translation>&amp;Über Clipsorter</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>No model is loaded yet.</source>
        <translation>Es ist noch kein Modell geladen.</translation>
    </message>
    <message>
        <source>{model} knows {knows}.</source>
        <translation>{model} kennt: {knows}.</translation>
    </message>
    <message>
        <source>{model} reads English words and whole sentences.</source>
        <translation>{model} versteht englische Wörter und ganze Sätze.</translation>
    </message>
    <message>
        <source>A category is a word or a few, best plain English nouns: dogs, beach, birthday cake. With other words of your own after “=” you say more exactly what is meant: Rex=a small brown dog | a dog on a red sofa.</source>
        <translation>Eine Kategorie besteht aus einem oder wenigen Wörtern, am besten einfachen englischen Substantiven: dogs, beach, birthday cake. Eigene Wörter nach „=“ sagen genauer, was gemeint ist: Rex=a small brown dog | a dog on a red sofa.</translation>
    </message>
    <message>
        <source>For each photo the model compares all categories that you wrote. The percentage says how its answer is shared out among them, so it changes with your list; it is no promise that the answer is right.</source>
        <translation>Bei jedem Foto vergleicht das Modell alle Kategorien der Liste. Die Prozentzahl sagt, wie sich die Antwort auf sie verteilt; sie ändert sich also mit der Liste und ist kein Versprechen, dass die Antwort stimmt.</translation>
    </message>
    <message>
        <source>The arrow keys go from photo to photo; with Shift they choose several. Letters that are typed there find a category by its beginning, and Enter puts the chosen photos into it. Tab goes from panel to panel, and Alt opens the menus.</source>
        <translation>Die Pfeiltasten führen von Foto zu Foto; mit der Umschalttaste wählen sie mehrere aus. Buchstaben, die dort getippt werden, finden eine Kategorie nach ihrem Anfang, und die Eingabetaste ordnet die ausgewählten Fotos in sie ein. Tab führt von Bereich zu Bereich, und Alt öffnet die Menüs.</translation>
    </message>
    <message>
        <source>Unsure (a ring with a question mark) is a photo for which no category stands out. Nothing happens to it by itself: go through such photos with Ctrl+U, and decide with the keys 1 to 9.</source>
        <translation>Unsicher (ein Ring mit Fragezeichen) ist ein Foto, bei dem keine Kategorie herausragt. Von selbst geschieht damit nichts: Mit Strg+U lassen sich solche Fotos durchgehen, mit den Tasten 1 bis 9 entscheiden.</translation>
    </message>
    <message>
        <source>What you decide (a square with a tick) is kept, and outranks the model for ever. A photo that can&apos;t be read (a triangle) stays where it is; its reason is in the preview.</source>
        <translation>Was von Hand entschieden ist (ein Quadrat mit Haken), bleibt gespeichert und gilt für immer mehr als das Modell. Ein Foto, das nicht lesbar ist (ein Dreieck), bleibt, wo es ist; der Grund steht in der Vorschau.</translation>
    </message>
    <message>
        <source>All of it happens on this computer: no photo and no word of yours leaves it.</source>
        <translation>Alles geschieht auf diesem Rechner: Kein Foto und kein Wort verlässt ihn.</translation>
    </message>
    <message>
        <source>What the model knows</source>
        <translation>Was das Modell kennt</translation>
    </message>
    <message>
        <source>Clipsorter sorts photos by categories that you write in words, on your own computer.</source>
        <translation>Clipsorter sortiert Fotos nach Kategorien, die in Worten beschrieben werden, auf dem eigenen Rechner.</translation>
    </message>
    <message>
        <source>Clipsorter is free software under the GNU General Public License, version 3 or later.</source>
        <translation>Clipsorter ist freie Software unter der GNU General Public License, Version 3 oder später.</translation>
    </message>
    <message>
        <source>What ships with it and comes from others has its own licences:</source>
        <translation>Was von anderen stammt und mitgeliefert wird, hat eigene Lizenzen:</translation>
    </message>
    <message>
        <source>About Clipsorter</source>
        <translation>Über Clipsorter</translation>
    </message>
    <message>
        <source>The report is in the clipboard. It names versions and this machine, no photo.</source>
        <translation>Der Bericht liegt in der Zwischenablage. Er nennt Versionen und diesen Rechner, kein Foto.</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>Überall</translation>
    </message>
</context>
<context>
    <name>HelpPages</name>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Pages of the help</source>
        <translation>Seiten der Hilfe</translation>
    </message>
    <message>
        <source>Find in the help (Enter: next place)</source>
        <translation>In der Hilfe suchen (Eingabe: nächste Stelle)</translation>
    </message>
    <message>
        <source>Find in the help</source>
        <translation>In der Hilfe suchen</translation>
    </message>
    <message>
        <source>This is nowhere in the help.</source>
        <translation>Das steht nirgends in der Hilfe.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>Inhalt</translation>
    </message>
</context>
<context>
    <name>HistoryDialog</name>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>No photo was moved, copied, tagged or thrown away yet.</source>
        <translation>Noch wurde kein Foto verschoben, kopiert, verschlagwortet oder weggeworfen.</translation>
    </message>
    <message>
        <source>What was done to photos</source>
        <translation>Was mit Fotos geschah</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Remove the tags of this run</source>
        <translation>Schlagwörter dieses Laufs &amp;entfernen</translation>
    </message>
    <message>
        <source>Takes away what the model wrote, in edited and moved photos as well; your own decisions stay</source>
        <translation>Nimmt weg, was das Modell geschrieben hat, auch aus bearbeiteten und verschobenen Fotos; eigene Entscheidungen bleiben</translation>
    </message>
    <message>
        <source>&amp;Show in folder</source>
        <translation>Im &amp;Ordner zeigen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Wait until the run that is under way has ended.</source>
        <translation>Bitte warten, bis der laufende Durchgang beendet ist.</translation>
    </message>
    <message>
        <source>Undo takes back what was not changed since; what has to stay is named afterwards.</source>
        <translation>„Rückgängig“ nimmt zurück, was seither nicht verändert wurde; was bleiben muss, wird danach genannt.</translation>
    </message>
</context>
<context>
    <name>LargePreview</name>
    <message>
        <source>There is no other photo here. Esc leads back.</source>
        <translation>Hier gibt es kein weiteres Foto. Esc führt zurück.</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>{folder} – Clipsorter</source>
        <translation>{folder} – Clipsorter</translation>
    </message>
    <message>
        <source>Open a folder of photos</source>
        <translation>Ordner mit Fotos öffnen</translation>
    </message>
    <message>
        <source>Clipsorter</source>
        <translation>Clipsorter</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Ordner</translation>
    </message>
</context>
<context>
    <name>ModelDialog</name>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>&amp;Use this model</source>
        <translation>Dieses Modell &amp;verwenden</translation>
    </message>
    <message>
        <source>Chec&amp;k the file</source>
        <translation>Datei &amp;prüfen</translation>
    </message>
    <message>
        <source>Re&amp;move …</source>
        <translation>&amp;Entfernen …</translation>
    </message>
    <message>
        <source>&amp;Import from a file …</source>
        <translation>Aus Datei &amp;importieren …</translation>
    </message>
    <message>
        <source>It was trained with &amp;GELU</source>
        <translation>Es wurde mit &amp;GELU trainiert</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>The starter is built in. It names 1,000 everyday things and 17 kinds of scene by plain English words, such as dogs, food or documents; it reads no sentences, knows no names and no moods, and leaves many photos unsure. CLIP reads whole English sentences and is unsure less often. It is one download, it runs on this computer too, and no photo leaves it.</source>
        <translation>Der Starter ist eingebaut. Er benennt 1.000 alltägliche Dinge und 17 Arten von Szenen mit einfachen englischen Wörtern wie dogs, food oder documents; er versteht keine Sätze, kennt keine Namen und keine Stimmungen und lässt viele Fotos unsicher. CLIP versteht ganze englische Sätze und ist seltener unsicher. Es wird einmal heruntergeladen, läuft auch auf diesem Rechner, und kein Foto verlässt ihn.</translation>
    </message>
    <message>
        <source>For files that OpenAI did not publish: most of LAION&apos;s and DataComp&apos;s; their model card says so</source>
        <translation>Für Dateien, die nicht von OpenAI stammen: die meisten von LAION und DataComp; ihre Modellkarte sagt es</translation>
    </message>
    <message>
        <source>{model} knows {knows}.</source>
        <translation>{model} kennt: {knows}.</translation>
    </message>
    <message>
        <source>&amp;Get {model} ({size} MB)</source>
        <translation>{model} &amp;herunterladen ({size} MB)</translation>
    </message>
    <message>
        <source>Reading {model} through …</source>
        <translation>{model} wird ganz gelesen …</translation>
    </message>
    <message>
        <source>Remove {model}? Its file of {size} MB is deleted. What it found out about your photos stays.</source>
        <translation>{model} entfernen? Die Datei von {size} MB wird gelöscht. Was das Modell über die Fotos herausgefunden hat, bleibt erhalten.</translation>
    </message>
    <message>
        <source>Remove a model</source>
        <translation>Modell entfernen</translation>
    </message>
    <message>
        <source>Remove {model}</source>
        <translation>{model} entfernen</translation>
    </message>
    <message>
        <source>Import a model</source>
        <translation>Modell importieren</translation>
    </message>
    <message>
        <source>Models (*.pt *.pth *.bin *.safetensors)</source>
        <translation>Modelle (*.pt *.pth *.bin *.safetensors)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Reading {file} and copying it …</source>
        <translation>{file} wird gelesen und kopiert …</translation>
    </message>
    <message>
        <source>{model} is here, and its SHA-256 is right.</source>
        <translation>{model} ist da, und die SHA-256-Prüfsumme stimmt.</translation>
    </message>
    <message>
        <source>{model} was imported. The file itself was left where it is.</source>
        <translation>{model} wurde importiert. Die Datei selbst bleibt, wo sie ist.</translation>
    </message>
    <message>
        <source>{model} is intact.</source>
        <translation>{model} ist unversehrt.</translation>
    </message>
    <message>
        <source>{model} was removed.</source>
        <translation>{model} wurde entfernt.</translation>
    </message>
</context>
<context>
    <name>ModelLoader</name>
    <message>
        <source>Loading {model} …</source>
        <translation>{model} wird geladen …</translation>
    </message>
    <message>
        <source>the model</source>
        <translation>Das Modell</translation>
    </message>
    <message>
        <source>Trying fast mode on {count} photos …</source>
        <translation>Schneller Modus wird an {count} Fotos erprobt …</translation>
    </message>
    <message>
        <source>{wanted} is not on this computer, so {model} answers.</source>
        <translation>{wanted} ist nicht auf diesem Rechner, daher antwortet {model}.</translation>
    </message>
    <message>
        <source>{reason} So {model} answers.</source>
        <translation>{reason} Daher antwortet {model}.</translation>
    </message>
</context>
<context>
    <name>ModelTable</name>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Good for</source>
        <translation>Gut für</translation>
    </message>
    <message>
        <source>It knows {knows}.</source>
        <translation>Es kennt: {knows}.</translation>
    </message>
    <message>
        <source>{size} MB</source>
        <translation>{size} MB</translation>
    </message>
    <message>
        <source>✓ in use</source>
        <translation>✓ in Gebrauch</translation>
    </message>
    <message>
        <source>built in</source>
        <translation>eingebaut</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>bereit</translation>
    </message>
    <message>
        <source>ready, of another program</source>
        <translation>bereit, aus einem anderen Programm</translation>
    </message>
    <message>
        <source>{fetched} MB fetched</source>
        <translation>{fetched} MB geladen</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>beschädigt</translation>
    </message>
    <message>
        <source>not here</source>
        <translation>nicht da</translation>
    </message>
    <message>
        <source>everyday things, at once</source>
        <translation>Alltägliches, sofort</translation>
    </message>
    <message>
        <source>the first choice: quick on every computer</source>
        <translation>die erste Wahl: schnell auf jedem Rechner</translation>
    </message>
    <message>
        <source>finer detail, slower</source>
        <translation>feinere Einzelheiten, langsamer</translation>
    </message>
    <message>
        <source>very good answers; slow without a GPU</source>
        <translation>sehr gute Antworten; langsam ohne GPU</translation>
    </message>
    <message>
        <source>the best answers; very slow without a GPU</source>
        <translation>die besten Antworten; sehr langsam ohne GPU</translation>
    </message>
    <message>
        <source>the smallest download</source>
        <translation>am kleinsten beim Herunterladen</translation>
    </message>
    <message>
        <source>a little better than RN50</source>
        <translation>etwas besser als RN50</translation>
    </message>
    <message>
        <source>between ViT-B/32 and ViT-B/16</source>
        <translation>zwischen ViT-B/32 und ViT-B/16</translation>
    </message>
    <message>
        <source>better than ViT-B/16; slow without a GPU</source>
        <translation>besser als ViT-B/16; langsam ohne GPU</translation>
    </message>
    <message>
        <source>very good answers; needs a GPU with 10 GB</source>
        <translation>sehr gute Antworten; braucht eine GPU mit 10 GB</translation>
    </message>
    <message>
        <source>what it was trained for; imported from a file</source>
        <translation>wofür es trainiert wurde; aus einer Datei importiert</translation>
    </message>
</context>
<context>
    <name>ModelWorker</name>
    <message>
        <source>{path} is damaged, so it is not used. Get or import the model again.</source>
        <translation>{path} ist beschädigt und wird nicht verwendet. Das Modell neu herunterladen oder importieren.</translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>Close the message</source>
        <translation>Meldung schließen</translation>
    </message>
    <message>
        <source>Details and {count} more …</source>
        <translation>Einzelheiten und {count} weitere …</translation>
    </message>
    <message>
        <source>Details …</source>
        <translation>Einzelheiten …</translation>
    </message>
</context>
<context>
    <name>OtherPrograms</name>
    <message>
        <source>No program opens {name}. Choose one with “Open with”.</source>
        <translation>Kein Programm öffnet {name}. „Öffnen mit“ lässt eines wählen.</translation>
    </message>
    <message>
        <source>{program} could not be started. Check that it is a program.</source>
        <translation>{program} ließ sich nicht starten. Ist es ein Programm?</translation>
    </message>
    <message>
        <source>No file manager opened {folder}.</source>
        <translation>Keine Dateiverwaltung hat {folder} geöffnet.</translation>
    </message>
</context>
<context>
    <name>Page</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>PanelSteps</name>
    <message>
        <source>&amp;Next panel</source>
        <translation>&amp;Nächster Bereich</translation>
    </message>
    <message>
        <source>Pre&amp;vious panel</source>
        <translation>Vo&amp;riger Bereich</translation>
    </message>
</context>
<context>
    <name>PathLine</name>
    <message>
        <source>Path</source>
        <translation>Pfad</translation>
    </message>
    <message>
        <source>Copy the path</source>
        <translation>Pfad kopieren</translation>
    </message>
</context>
<context>
    <name>PhotoGrid</name>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>{heading}, photos: {count}</source>
        <translation>{heading}, Fotos: {count}</translation>
    </message>
    <message>
        <source>Click to fold or unfold; the box chooses all</source>
        <translation>Klick klappt ein oder aus; das Kästchen wählt alle aus</translation>
    </message>
</context>
<context>
    <name>PhotoMenu</name>
    <message>
        <source>&amp;Accept the suggestion</source>
        <translation>Vorschlag &amp;annehmen</translation>
    </message>
    <message>
        <source>&amp;Take the decision back</source>
        <translation>Entscheidung &amp;zurücknehmen</translation>
    </message>
    <message>
        <source>&amp;Not this category</source>
        <translation>&amp;Nicht diese Kategorie</translation>
    </message>
    <message>
        <source>&amp;Open in another program</source>
        <translation>In anderem Programm &amp;öffnen</translation>
    </message>
    <message>
        <source>Show in &amp;folder</source>
        <translation>Im &amp;Ordner zeigen</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>Copy &amp;path</source>
        <translation>&amp;Pfad kopieren</translation>
    </message>
    <message>
        <source>Find simila&amp;r ones</source>
        <translation>Ä&amp;hnliche suchen</translation>
    </message>
    <message>
        <source>&amp;Choose all under this heading</source>
        <translation>Alle unter dieser Überschrift aus&amp;wählen</translation>
    </message>
    <message>
        <source>&amp;Fold or unfold this heading</source>
        <translation>Diese Überschrift ein- oder aus&amp;klappen</translation>
    </message>
    <message>
        <source>&amp;Photo</source>
        <translation>&amp;Foto</translation>
    </message>
    <message>
        <source>Put &amp;into</source>
        <translation>&amp;Einordnen in</translation>
    </message>
    <message>
        <source>Choose all of a cate&amp;gory</source>
        <translation>Alle einer Ka&amp;tegorie auswählen</translation>
    </message>
    <message>
        <source>&amp;Headings</source>
        <translation>Ü&amp;berschriften</translation>
    </message>
    <message>
        <source>Open &amp;with</source>
        <translation>Öffnen &amp;mit</translation>
    </message>
    <message>
        <source>Category {number}</source>
        <translation>Kategorie {number}</translation>
    </message>
    <message>
        <source>F&amp;old all</source>
        <translation>Alle &amp;einklappen</translation>
    </message>
    <message>
        <source>&amp;Unfold all</source>
        <translation>Alle &amp;ausklappen</translation>
    </message>
    <message>
        <source>Choose a program …</source>
        <translation>Programm wählen …</translation>
    </message>
    <message>
        <source>Open the chosen photos with</source>
        <translation>Ausgewählte Fotos öffnen mit</translation>
    </message>
    <message>
        <source>Choose all under it</source>
        <translation>Alle darunter auswählen</translation>
    </message>
    <message>
        <source>Unfold</source>
        <translation>Ausklappen</translation>
    </message>
    <message>
        <source>Fold</source>
        <translation>Einklappen</translation>
    </message>
    <message>
        <source>Fold all</source>
        <translation>Alle einklappen</translation>
    </message>
    <message>
        <source>Unfold all</source>
        <translation>Alle ausklappen</translation>
    </message>
</context>
<context>
    <name>PhotoModel</name>
    <message>
        <source>Can&apos;t be read: {reason}</source>
        <translation>Nicht lesbar: {reason}</translation>
    </message>
    <message>
        <source>{category}, decided by you</source>
        <translation>{category}, von Hand entschieden</translation>
    </message>
    <message>
        <source>{category}, {percent} % sure</source>
        <translation>{category}, zu {percent} % sicher</translation>
    </message>
    <message>
        <source>{category} {percent} %</source>
        <translation>{category} {percent} %</translation>
    </message>
    <message>
        <source>Unsure: no category fits</source>
        <translation>Unsicher: keine Kategorie passt</translation>
    </message>
    <message>
        <source>Unsure: {guesses}</source>
        <translation>Unsicher: {guesses}</translation>
    </message>
    <message>
        <source>Looked at; there is no category yet</source>
        <translation>Angesehen; noch keine Kategorie</translation>
    </message>
    <message>
        <source>Not looked at yet</source>
        <translation>Noch nicht angesehen</translation>
    </message>
</context>
<context>
    <name>PhotoPainter</name>
    <message>
        <source>Unsure</source>
        <translation>Unsicher</translation>
    </message>
    <message>
        <source>Looked at; no category yet</source>
        <translation>Angesehen; noch keine Kategorie</translation>
    </message>
    <message>
        <source>Not looked at yet</source>
        <translation>Noch nicht angesehen</translation>
    </message>
    <message>
        <source>Can&apos;t be read</source>
        <translation>Nicht lesbar</translation>
    </message>
    <message>
        <source>Without a date</source>
        <translation>Ohne Datum</translation>
    </message>
    <message>
        <source>unsure</source>
        <translation>unsicher</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
    <message>
        <source>can&apos;t be read</source>
        <translation>nicht lesbar</translation>
    </message>
</context>
<context>
    <name>PhotoPane</name>
    <message>
        <source>Reading the photo …</source>
        <translation>Das Foto wird gelesen …</translation>
    </message>
    <message>
        <source>This photo can&apos;t be shown: {reason}.</source>
        <translation>Dieses Foto lässt sich nicht anzeigen: {reason}.</translation>
    </message>
</context>
<context>
    <name>PhotoView</name>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
    <message>
        <source>{percent} %, reading all pixels …</source>
        <translation>{percent} %, alle Pixel werden gelesen …</translation>
    </message>
</context>
<context>
    <name>PlaceList</name>
    <message>
        <source>Favourite and recent folders</source>
        <translation>Favoriten und zuletzt geöffnete Ordner</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>&amp;Öffnen</translation>
    </message>
    <message>
        <source>Remove from &amp;favourites</source>
        <translation>Aus &amp;Favoriten entfernen</translation>
    </message>
    <message>
        <source>Add to &amp;favourites</source>
        <translation>Zu &amp;Favoriten hinzufügen</translation>
    </message>
    <message>
        <source>Remove from this &amp;list</source>
        <translation>Aus dieser &amp;Liste entfernen</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>Favoriten</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>{folder} – not there</source>
        <translation>{folder} – nicht da</translation>
    </message>
    <message>
        <source>{folder}
Is not there now. Is its drive connected?</source>
        <translation>{folder}
Ist gerade nicht da. Ist das Laufwerk angeschlossen?</translation>
    </message>
</context>
<context>
    <name>Plan</name>
    <message>
        <source>(of {name})</source>
        <translation>(von {name})</translation>
    </message>
    <message>
        <source>{name} alone: {category}</source>
        <translation>{name} allein: {category}</translation>
    </message>
    <message>
        <source>renamed, because the name is taken</source>
        <translation>umbenannt, weil der Name vergeben ist</translation>
    </message>
    <message>
        <source>has no date</source>
        <translation>hat kein Datum</translation>
    </message>
    <message>
        <source>kept together: the names don&apos;t tell what belongs to which photo</source>
        <translation>bleibt zusammen: die Namen sagen nicht, was zu welchem Foto gehört</translation>
    </message>
    <message>
        <source>will look like one picture with {name}</source>
        <translation>wird mit {name} wie ein Bild aussehen</translation>
    </message>
    <message>
        <source>was not looked at yet</source>
        <translation>wurde noch nicht angesehen</translation>
    </message>
    <message>
        <source>no category fits well enough</source>
        <translation>keine Kategorie passt gut genug</translation>
    </message>
    <message>
        <source>can&apos;t be read</source>
        <translation>kann nicht gelesen werden</translation>
    </message>
    <message>
        <source>is not among the photos chosen or shown</source>
        <translation>ist nicht unter den gewählten oder gezeigten Fotos</translation>
    </message>
    <message>
        <source>you said that no category fits</source>
        <translation>Sie haben gesagt, dass keine Kategorie passt</translation>
    </message>
    <message>
        <source>you gave it and {other}, which belong together, two categories</source>
        <translation>Sie haben ihm und {other}, die zusammengehören, zwei Kategorien gegeben</translation>
    </message>
    <message>
        <source>{other} belongs to it and stays</source>
        <translation>{other} gehört dazu und bleibt</translation>
    </message>
    <message>
        <source>you took it out of the plan</source>
        <translation>Sie haben es aus dem Plan genommen</translation>
    </message>
    <message>
        <source>is in its place already</source>
        <translation>ist schon an seinem Platz</translation>
    </message>
    <message>
        <source>{other} has the same content</source>
        <translation>{other} hat denselben Inhalt</translation>
    </message>
    <message>
        <source>is not there any more</source>
        <translation>ist nicht mehr da</translation>
    </message>
    <message>
        <source>{other} is a link, and links are not followed</source>
        <translation>{other} ist eine Verknüpfung, und Verknüpfungen wird nicht gefolgt</translation>
    </message>
    <message>
        <source>{detail} belong together, but on some disks their names would be one</source>
        <translation>{detail} gehören zusammen, aber auf manchen Laufwerken wären ihre Namen einer</translation>
    </message>
    <message>
        <source>what belongs to it can&apos;t be told, because {other} {detail}</source>
        <translation>was dazugehört, ist nicht zu erkennen: {other} {detail}</translation>
    </message>
    <message>
        <source>its folder can&apos;t be used, because {other} {detail}</source>
        <translation>sein Ordner ist nicht zu gebrauchen: {other} {detail}</translation>
    </message>
    <message>
        <source>its name is taken, and too long for a number</source>
        <translation>sein Name ist vergeben und zu lang für eine Nummer</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>Unsicher</translation>
    </message>
    <message>
        <source>Can&apos;t be read</source>
        <translation>Nicht lesbar</translation>
    </message>
    <message>
        <source>Not chosen or not shown</source>
        <translation>Nicht gewählt oder nicht gezeigt</translation>
    </message>
    <message>
        <source>No category, by you</source>
        <translation>Keine Kategorie, von Ihnen</translation>
    </message>
    <message>
        <source>Two categories for one picture</source>
        <translation>Zwei Kategorien für ein Bild</translation>
    </message>
    <message>
        <source>Belongs to one that stays</source>
        <translation>Gehört zu einem, das bleibt</translation>
    </message>
    <message>
        <source>Taken out by you</source>
        <translation>Von Ihnen herausgenommen</translation>
    </message>
    <message>
        <source>In its place already</source>
        <translation>Schon am Platz</translation>
    </message>
    <message>
        <source>There already, with the same content</source>
        <translation>Schon da, mit demselben Inhalt</translation>
    </message>
    <message>
        <source>Not there any more</source>
        <translation>Nicht mehr da</translation>
    </message>
    <message>
        <source>Behind a link</source>
        <translation>Hinter einer Verknüpfung</translation>
    </message>
    <message>
        <source>Names that are one on some disks</source>
        <translation>Namen, die auf manchen Laufwerken einer sind</translation>
    </message>
    <message>
        <source>In a folder that can&apos;t be read</source>
        <translation>In einem unlesbaren Ordner</translation>
    </message>
    <message>
        <source>Without a folder that can be used</source>
        <translation>Ohne brauchbaren Ordner</translation>
    </message>
    <message>
        <source>Name too long for a number</source>
        <translation>Name zu lang für eine Nummer</translation>
    </message>
    <message>
        <source>your decision</source>
        <translation>Ihre Entscheidung</translation>
    </message>
    <message>
        <source>{percent} % sure</source>
        <translation>zu {percent} % sicher</translation>
    </message>
    <message>
        <source>not chosen</source>
        <translation>nicht gewählt</translation>
    </message>
    <message>
        <source>no category</source>
        <translation>keine Kategorie</translation>
    </message>
    <message>
        <source>unsure</source>
        <translation>unsicher</translation>
    </message>
</context>
<context>
    <name>Planner</name>
    <message>
        <source>{folder} is not there: check that its drive is connected, or choose another folder.</source>
        <translation>{folder} ist nicht da: Prüfen Sie, ob das Laufwerk verbunden ist, oder wählen Sie einen anderen Ordner.</translation>
    </message>
</context>
<context>
    <name>Preferences</name>
    <message>
        <source>Getting {model}: {percent} %</source>
        <translation>{model} wird heruntergeladen: {percent} %</translation>
    </message>
</context>
<context>
    <name>Preview</name>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>Wheel, + and −: closer and farther. Double click: each pixel, or all of it.</source>
        <translation>Mausrad, + und −: näher und weiter weg. Doppelklick: jedes Pixel oder das ganze Foto.</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>Choose a photo to see it here.</source>
        <translation>Ein ausgewähltes Foto erscheint hier.</translation>
    </message>
</context>
<context>
    <name>QuestionDialog</name>
    <message>
        <source>&amp;Yes (Y or →)</source>
        <translation>&amp;Ja (J oder →)</translation>
    </message>
    <message>
        <source>&amp;No (N or ←)</source>
        <translation>&amp;Nein (N oder ←)</translation>
    </message>
    <message>
        <source>&amp;Can&apos;t say (Space)</source>
        <translation>&amp;Weiß nicht (Leertaste)</translation>
    </message>
    <message>
        <source>&amp;Back (Backspace)</source>
        <translation>&amp;Zurück (Rücktaste)</translation>
    </message>
    <message>
        <source>Questions about {name}</source>
        <translation>Fragen zu {name}</translation>
    </message>
    <message>
        <source>Choosing the photos that say most …</source>
        <translation>Die Fotos, die am meisten verraten, werden ausgesucht …</translation>
    </message>
    <message>
        <source>No model could be loaded, so nobody can say which photos to ask about. Choose another model.</source>
        <translation>Es konnte kein Modell geladen werden, deshalb ist offen, nach welchen Fotos zu fragen wäre. Wählen Sie ein anderes Modell.</translation>
    </message>
    <message>
        <source>y</source>
        <comment>the key for yes</comment>
        <translation>j</translation>
    </message>
    <message>
        <source>n</source>
        <comment>the key for no</comment>
        <translation>n</translation>
    </message>
    <message>
        <source>Does this belong to “{name}”?</source>
        <translation>Gehört das zu „{name}“?</translation>
    </message>
    <message>
        <source>{number} of {count}</source>
        <translation>{number} von {count}</translation>
    </message>
</context>
<context>
    <name>Reasons</name>
    <message>
        <source>it is empty</source>
        <translation>die Datei ist leer</translation>
    </message>
    <message>
        <source>it is cut short</source>
        <translation>die Datei ist abgeschnitten</translation>
    </message>
    <message>
        <source>it is damaged</source>
        <translation>die Datei ist beschädigt</translation>
    </message>
    <message>
        <source>it is not a picture of a known kind</source>
        <translation>die Datei ist kein Bild in einem bekannten Format</translation>
    </message>
    <message>
        <source>it is damaged, or not a picture of a known kind</source>
        <translation>die Datei ist beschädigt oder kein Bild in einem bekannten Format</translation>
    </message>
    <message>
        <source>it is in no known RAW format</source>
        <translation>die Datei ist in keinem bekannten RAW-Format</translation>
    </message>
    <message>
        <source>it made its decoder crash, so it is left alone</source>
        <translation>an ihr ist das Einlesen abgestürzt, sie wird nicht mehr angerührt</translation>
    </message>
    <message>
        <source>it changed while it was being read; it is looked at next time</source>
        <translation>die Datei änderte sich beim Lesen; sie wird beim nächsten Mal angesehen</translation>
    </message>
    <message>
        <source>it was moved or deleted, or its drive is not connected</source>
        <translation>es wurde verschoben oder gelöscht, oder sein Laufwerk ist nicht verbunden</translation>
    </message>
    <message>
        <source>it changed since it was looked at; open its folder, and it is looked at again</source>
        <translation>es hat sich geändert, seit es angesehen wurde; wird sein Ordner geöffnet, wird es neu angesehen</translation>
    </message>
</context>
<context>
    <name>RemovalNotice</name>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>No longer looked for: {names} (photos: {count}). Elsewhere: {changes}.</source>
        <translation>Nicht mehr gesucht: {names} (Fotos: {count}). Anderswo: {changes}.</translation>
    </message>
    <message>
        <source>No longer looked for: {names}. Nothing is asked of the photos now.</source>
        <translation>Nicht mehr gesucht: {names}. Nach den Fotos wird jetzt nichts gefragt.</translation>
    </message>
</context>
<context>
    <name>RenameOffer</name>
    <message>
        <source>Decided by you under the name “{old}”: {count}. They stay there unless you move them.</source>
        <translation>Von Hand unter dem Namen „{old}“ entschieden: {count}. Diese Entscheidungen bleiben dort, solange sie nicht verschoben werden.</translation>
    </message>
    <message>
        <source>Move them to “{new}”</source>
        <translation>Nach „{new}“ verschieben</translation>
    </message>
    <message>
        <source>Decided by you under the old names: {count}. They stay there unless you move them.</source>
        <translation>Von Hand unter den alten Namen entschieden: {count}. Diese Entscheidungen bleiben dort, solange sie nicht verschoben werden.</translation>
    </message>
    <message>
        <source>Move them to the new names</source>
        <translation>Zu den neuen Namen verschieben</translation>
    </message>
</context>
<context>
    <name>Review</name>
    <message>
        <source>put into {name}</source>
        <translation>in {name} einordnen</translation>
    </message>
    <message>
        <source>Not in the open folder, so not put into {name}: {count} of the dropped files.</source>
        <translation>Nicht im geöffneten Ordner und daher nicht in {name} eingeordnet: {count} der abgelegten Dateien.</translation>
    </message>
    <message>
        <source>accept</source>
        <translation>annehmen</translation>
    </message>
    <message>
        <source>take back</source>
        <translation>zurücknehmen</translation>
    </message>
    <message>
        <source>not this</source>
        <translation>nicht diese</translation>
    </message>
    <message>
        <source>forget the examples of {name}</source>
        <translation>Beispiele von {name} vergessen</translation>
    </message>
</context>
<context>
    <name>RowModel</name>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>{name} + 1 file</source>
        <translation>{name} + 1 Datei</translation>
    </message>
    <message>
        <source>{name} + {count} files</source>
        <translation>{name} + {count} Dateien</translation>
    </message>
</context>
<context>
    <name>RunBar</name>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Take it all back; later it is found in the history</source>
        <translation>Alles zurücknehmen; später geht es im Verlauf</translation>
    </message>
    <message>
        <source>Close the report</source>
        <translation>Bericht schließen</translation>
    </message>
    <message>
        <source>Close the report; Undo stays in the history</source>
        <translation>Bericht schließen; „Rückgängig“ bleibt im Verlauf</translation>
    </message>
    <message>
        <source>What stayed ({count}) …</source>
        <translation>Was blieb ({count}) …</translation>
    </message>
    <message>
        <source>They are in {folder}.</source>
        <translation>Sie sind in {folder}.</translation>
    </message>
    <message>
        <source>Could not go, unchanged: {count}.</source>
        <translation>Konnten nicht mit, unverändert: {count}.</translation>
    </message>
    <message>
        <source>Between two places until the next start settles it: {count}.</source>
        <translation>Zwischen zwei Orten, bis der nächste Start das in Ordnung bringt: {count}.</translation>
    </message>
    <message>
        <source>Could not be changed: {count}.</source>
        <translation>Nicht zu ändern: {count}.</translation>
    </message>
    <message>
        <source>Not settled until the next start: {count}.</source>
        <translation>Erst beim nächsten Start in Ordnung: {count}.</translation>
    </message>
    <message>
        <source>Not begun: {count}.</source>
        <translation>Nicht begonnen: {count}.</translation>
    </message>
    <message>
        <source>Without any of these tags before: {count}.</source>
        <translation>Schon vorher ohne diese Schlagwörter: {count}.</translation>
    </message>
    <message>
        <source>Tagged so before: {count}.</source>
        <translation>Schon vorher so verschlagwortet: {count}.</translation>
    </message>
    <message>
        <source>Photos copied: {done} of {photos}, files in all: {files}.</source>
        <translation>Fotos kopiert: {done} von {photos}, Dateien insgesamt: {files}.</translation>
    </message>
    <message>
        <source>Photos moved: {done} of {photos}, files in all: {files}.</source>
        <translation>Fotos verschoben: {done} von {photos}, Dateien insgesamt: {files}.</translation>
    </message>
    <message>
        <source>Files put into the trash: {done} of {photos}.</source>
        <translation>Dateien in den Papierkorb gelegt: {done} von {photos}.</translation>
    </message>
    <message>
        <source>Photos tagged: {done} of {photos}, files written: {files}.</source>
        <translation>Fotos verschlagwortet: {done} von {photos}, geschriebene Dateien: {files}.</translation>
    </message>
    <message>
        <source>Photos that have their tags again: {done} of {photos}, files in all: {files}.</source>
        <translation>Fotos, die ihre Schlagwörter wieder haben: {done} von {photos}, Dateien insgesamt: {files}.</translation>
    </message>
    <message>
        <source>Photos back from the trash: {done} of {photos}, files in all: {files}.</source>
        <translation>Fotos aus dem Papierkorb zurück: {done} von {photos}, Dateien insgesamt: {files}.</translation>
    </message>
    <message>
        <source>Photos whose copies were taken back: {done} of {photos}, files in all: {files}. The originals are there.</source>
        <translation>Fotos, deren Kopien zurückgenommen wurden: {done} von {photos}, Dateien insgesamt: {files}. Die Originale sind da.</translation>
    </message>
    <message>
        <source>Photos back where they were: {done} of {photos}, files in all: {files}.</source>
        <translation>Fotos wieder an ihrem Ort: {done} von {photos}, Dateien insgesamt: {files}.</translation>
    </message>
    <message>
        <source>Photos that have lost the tags again: {done} of {photos}, files in all: {files}.</source>
        <translation>Fotos, die die Schlagwörter wieder verloren haben: {done} von {photos}, Dateien insgesamt: {files}.</translation>
    </message>
    <message>
        <source>Nothing went to the trash.</source>
        <translation>Nichts kam in den Papierkorb.</translation>
    </message>
</context>
<context>
    <name>RunModel</name>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Since then</source>
        <translation>Seither</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Nach</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>Papierkorb</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Zurückgenommen</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Moved</source>
        <translation>Verschoben</translation>
    </message>
    <message>
        <source>Tagged</source>
        <translation>Verschlagwortet</translation>
    </message>
    <message>
        <source>To the trash</source>
        <translation>In den Papierkorb</translation>
    </message>
    <message>
        <source>Tags removed</source>
        <translation>Schlagwörter entfernt</translation>
    </message>
    <message>
        <source>partly taken back</source>
        <translation>zum Teil zurückgenommen</translation>
    </message>
    <message>
        <source>taken back</source>
        <translation>zurückgenommen</translation>
    </message>
    <message>
        <source>{count} stayed</source>
        <translation>{count} geblieben</translation>
    </message>
    <message>
        <source>{count} not settled</source>
        <translation>{count} nicht abgeschlossen</translation>
    </message>
    <message>
        <source>broken off</source>
        <translation>abgebrochen</translation>
    </message>
</context>
<context>
    <name>SavedSearches</name>
    <message>
        <source>Saved searches</source>
        <translation>Gespeicherte Suchen</translation>
    </message>
    <message>
        <source>Sa&amp;ve this search</source>
        <translation>Diese Suche s&amp;peichern</translation>
    </message>
    <message>
        <source>Save this search</source>
        <translation>Diese Suche speichern</translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation>&amp;Umbenennen</translation>
    </message>
    <message>
        <source>De&amp;lete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>This search is saved: it stands below the categories.</source>
        <translation>Diese Suche ist gespeichert: Sie steht unter den Kategorien.</translation>
    </message>
    <message>
        <source>Keep this search below the categories, with the photos that fit it (Ctrl+S)</source>
        <translation>Diese Suche unter den Kategorien behalten, mit den Fotos, die zu ihr passen (Strg+S)</translation>
    </message>
    <message>
        <source>save a search</source>
        <translation>Suche speichern</translation>
    </message>
    <message>
        <source>rename a search</source>
        <translation>Suche umbenennen</translation>
    </message>
    <message>
        <source>delete a search</source>
        <translation>Suche löschen</translation>
    </message>
    <message>
        <source>Saved search “{name}”: the best photos first, {count} of {total}</source>
        <translation>Gespeicherte Suche „{name}“: die besten Fotos zuerst, {count} von {total}</translation>
    </message>
    <message>
        <source>Saved search “{name}”: photos that fit, the best first, {count} of {total}</source>
        <translation>Gespeicherte Suche „{name}“: passende Fotos, die besten zuerst, {count} von {total}</translation>
    </message>
</context>
<context>
    <name>Search</name>
    <message>
        <source>Search &amp;everything looked at …</source>
        <translation>A&amp;lles Angesehene durchsuchen …</translation>
    </message>
    <message>
        <source>These photos lie in several folders: go to the folder of one to sort or tag there</source>
        <translation>Diese Fotos liegen in mehreren Ordnern: Zum Sortieren und Verschlagworten bitte zum Ordner eines Fotos gehen</translation>
    </message>
    <message>
        <source>This folder</source>
        <translation>Dieser Ordner</translation>
    </message>
    <message>
        <source>Everything looked at</source>
        <translation>Alles Angesehene</translation>
    </message>
    <message>
        <source>Where to search</source>
        <translation>Wo gesucht wird</translation>
    </message>
    <message>
        <source>Photos of the open folder, or all that Clipsorter ever looked at, in whatever folder</source>
        <translation>Fotos des offenen Ordners, oder alle, die Clipsorter je angesehen hat, in welchem Ordner auch immer</translation>
    </message>
    <message>
        <source>End the search and show all photos (Esc)</source>
        <translation>Die Suche beenden und alle Fotos zeigen (Esc)</translation>
    </message>
    <message>
        <source>End the search</source>
        <translation>Die Suche beenden</translation>
    </message>
    <message>
        <source>like {photo}</source>
        <translation>wie {photo}</translation>
    </message>
    <message>
        <source>unlike {photo}</source>
        <translation>anders als {photo}</translation>
    </message>
    <message>
        <source>Getting everything ready for the search, photos so far: {count} …</source>
        <translation>Alles wird für die Suche bereitgelegt, bisher Fotos: {count} …</translation>
    </message>
    <message>
        <source>“{query}” in everything looked at: the best photos first, {count} of {total}</source>
        <translation>„{query}“ in allem, was angesehen ist: die besten Fotos zuerst, {count} von {total}</translation>
    </message>
    <message>
        <source>“{query}”: the best photos first, {count} of {total}</source>
        <translation>„{query}“: die besten Fotos zuerst, {count} von {total}</translation>
    </message>
    <message>
        <source>No photo is looked at yet; the search begins by itself as soon as some are.</source>
        <translation>Noch ist kein Foto angesehen; sobald einige es sind, beginnt die Suche von selbst.</translation>
    </message>
    <message>
        <source>This model does not know {words}. Try a plain English noun, or get CLIP.</source>
        <translation>Dieses Modell kennt {words} nicht. Versuchen Sie ein einfaches englisches Hauptwort, oder holen Sie CLIP.</translation>
    </message>
    <message>
        <source>Write a word for what the photos show.</source>
        <translation>Schreiben Sie ein Wort für das, was die Fotos zeigen.</translation>
    </message>
    <message>
        <source>{found} (passed over, since the model does not know it: {words})</source>
        <translation>{found} (übergangen, da das Modell es nicht kennt: {words})</translation>
    </message>
</context>
<context>
    <name>SearchBox</name>
    <message>
        <source>Words for what photos show (Ctrl+F)
-word leaves photos out · word*2 counts twice · &quot;some words&quot; stand together
like:photo.jpg finds photos like that one: drop a photo here, or press Ctrl+Shift+F on it</source>
        <translation>Wörter für das, was Fotos zeigen (Strg+F)
-Wort lässt Fotos weg · Wort*2 zählt doppelt · &quot;mehrere Wörter&quot; gehören zusammen
like:foto.jpg findet ähnliche Fotos: ein Foto hierher ziehen, oder bei ihm Strg+Umschalt+F drücken</translation>
    </message>
    <message>
        <source>Search everything</source>
        <translation>Alles durchsuchen</translation>
    </message>
    <message>
        <source>Search all photos that were looked at</source>
        <translation>Alle angesehenen Fotos durchsuchen</translation>
    </message>
    <message>
        <source>Search: beach at sunset</source>
        <translation>Suchen: beach at sunset</translation>
    </message>
    <message>
        <source>Search the photos of this folder</source>
        <translation>Die Fotos dieses Ordners durchsuchen</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>the disk is full: free some space there</source>
        <translation>das Laufwerk ist voll: Schaffen Sie dort Platz</translation>
    </message>
    <message>
        <source>your share of the disk is used up: free some space there</source>
        <translation>Ihr Anteil am Laufwerk ist aufgebraucht: Schaffen Sie dort Platz</translation>
    </message>
    <message>
        <source>permission was denied: check who may change this folder, and that no program has the file open</source>
        <translation>die Erlaubnis fehlt: Sehen Sie nach, wer diesen Ordner ändern darf und ob ein Programm die Datei offen hat</translation>
    </message>
    <message>
        <source>permission was denied: check who may change this file and its folder</source>
        <translation>die Erlaubnis fehlt: Sehen Sie nach, wer diese Datei und ihren Ordner ändern darf</translation>
    </message>
    <message>
        <source>the disk is read-only: unlock it or choose another</source>
        <translation>das Laufwerk ist schreibgeschützt: Heben Sie den Schutz auf, oder wählen Sie ein anderes</translation>
    </message>
    <message>
        <source>its path is too long for the disk: choose a shorter destination or category name</source>
        <translation>der Pfad ist zu lang für das Laufwerk: Wählen Sie ein kürzeres Ziel oder einen kürzeren Kategorienamen</translation>
    </message>
    <message>
        <source>it is no longer there, or its folder is gone</source>
        <translation>es ist nicht mehr da, oder sein Ordner ist weg</translation>
    </message>
    <message>
        <source>a file of this name appeared there meanwhile, and nothing is ever overwritten</source>
        <translation>inzwischen ist dort eine Datei dieses Namens, und überschrieben wird nie etwas</translation>
    </message>
    <message>
        <source>the disk reported an error: check it before you go on</source>
        <translation>das Laufwerk meldet einen Fehler: Prüfen Sie es, bevor Sie weitermachen</translation>
    </message>
    <message>
        <source>another program is using it: close it there</source>
        <translation>ein anderes Programm benutzt es: Schließen Sie es dort</translation>
    </message>
    <message>
        <source>the drive is no longer connected</source>
        <translation>das Laufwerk ist nicht mehr angeschlossen</translation>
    </message>
    <message>
        <source>it has changed since</source>
        <translation>es wurde seither geändert</translation>
    </message>
    <message>
        <source>its content has changed since</source>
        <translation>sein Inhalt wurde seither geändert</translation>
    </message>
    <message>
        <source>it has changed since it was looked at: look again</source>
        <translation>es wurde geändert, seit es angesehen wurde: Sehen Sie neu nach</translation>
    </message>
    <message>
        <source>it has changed since, or a later sort moved it: then undo that first</source>
        <translation>es wurde seither geändert, oder ein späteres Sortieren hat es verschoben: Nehmen Sie dann zuerst das zurück</translation>
    </message>
    <message>
        <source>it is no longer where it was put; if a later sort moved it on, undo that first</source>
        <translation>es ist nicht mehr da, wo es hinkam; hat ein späteres Sortieren es weiterverschoben, nehmen Sie zuerst das zurück</translation>
    </message>
    <message>
        <source>it is no longer in the trash: the trash was emptied, or gave it back already</source>
        <translation>es ist nicht mehr im Papierkorb: er wurde geleert oder hat es schon zurückgegeben</translation>
    </message>
    <message>
        <source>its drive or folder can&apos;t be reached: connect it</source>
        <translation>sein Laufwerk oder Ordner ist nicht erreichbar: Schließen Sie es an</translation>
    </message>
    <message>
        <source>its disk has no trash: delete it in a file manager, or sort it into a folder</source>
        <translation>sein Laufwerk hat keinen Papierkorb: Löschen Sie es im Dateimanager, oder sortieren Sie es in einen Ordner</translation>
    </message>
    <message>
        <source>Another Clipsorter is moving or tagging photos now: wait until it is done.</source>
        <translation>Ein anderes Clipsorter verschiebt oder verschlagwortet gerade Fotos: Warten Sie, bis es fertig ist.</translation>
    </message>
    <message>
        <source>The {what} was written by a newer Clipsorter (its version is {version}, this program knows {known}): update Clipsorter. The file is {path}.</source>
        <translation>Diese Datei hat ein neueres Clipsorter geschrieben ({what}, Fassung {version}; dieses Programm kennt {known}): Bringen Sie Clipsorter auf den neuen Stand. Sie liegt unter {path}.</translation>
    </message>
    <message>
        <source>“{text}” is no category: write NAME, Parent/Child, or NAME=prompt | prompt.</source>
        <translation>„{text}“ ist keine Kategorie: Schreiben Sie NAME, Oberbegriff/NAME oder NAME=Beschreibung | Beschreibung.</translation>
    </message>
    <message>
        <source>“{text}” is no category: what follows @ is a probability from 0 to 100 %.</source>
        <translation>„{text}“ ist keine Kategorie: hinter @ steht eine Wahrscheinlichkeit von 0 bis 100 %.</translation>
    </message>
    <message>
        <source>The category “{name}” is there twice; write its prompts in one: A=one | two.</source>
        <translation>Die Kategorie „{name}“ steht zweimal da; schreiben Sie ihre Beschreibungen in eine Zeile: A=eine | zweite.</translation>
    </message>
    <message>
        <source>There is no photo {path}: check its name.</source>
        <translation>Ein Foto {path} gibt es nicht: Prüfen Sie den Namen.</translation>
    </message>
    <message>
        <source>{path} is no photo that Clipsorter knows, so nothing can be compared with it.</source>
        <translation>{path} ist kein Foto, das Clipsorter kennt; damit lässt sich nichts vergleichen.</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>&amp;Models …</source>
        <translation>&amp;Modelle …</translation>
    </message>
    <message>
        <source>Automatic: a GPU where there is one</source>
        <translation>Automatisch: eine GPU, wo es eine gibt</translation>
    </message>
    <message>
        <source>Processor (CPU)</source>
        <translation>Prozessor (CPU)</translation>
    </message>
    <message>
        <source>NVIDIA GPU (CUDA)</source>
        <translation>NVIDIA-GPU (CUDA)</translation>
    </message>
    <message>
        <source>Apple GPU (MPS)</source>
        <translation>Apple-GPU (MPS)</translation>
    </message>
    <message>
        <source>&amp;Fast mode</source>
        <translation>&amp;Schneller Modus</translation>
    </message>
    <message>
        <source>As the model suggests</source>
        <translation>Wie das Modell vorschlägt</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Hoher Kontrast</translation>
    </message>
    <message>
        <source>Include s&amp;ubfolders</source>
        <translation>&amp;Unterordner einbeziehen</translation>
    </message>
    <message>
        <source>&amp;Open the folder</source>
        <translation>Ordner &amp;öffnen</translation>
    </message>
    <message>
        <source>&amp;Empty it</source>
        <translation>&amp;Leeren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source> MB</source>
        <translation> MB</translation>
    </message>
    <message>
        <source>Fast mode is in use.</source>
        <translation>Der schnelle Modus ist in Gebrauch.</translation>
    </message>
    <message>
        <source>On the CPU a folder takes about 60 % of the time. It is tried on 32 photos of the open folder first, and used only where it agrees with exact mode.</source>
        <translation>Auf der CPU dauert ein Ordner etwa 60 % der Zeit. Der Modus wird zuerst an 32 Fotos des geöffneten Ordners erprobt und nur verwendet, wo er mit dem genauen übereinstimmt.</translation>
    </message>
    <message>
        <source>{size} MB are in use.</source>
        <translation>{size} MB sind belegt.</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Runs on</source>
        <translation>Läuft auf</translation>
    </message>
    <message>
        <source>A photo is unsure</source>
        <translation>Ein Foto ist unsicher</translation>
    </message>
    <message>
        <source>below a probability of</source>
        <translation>unter einer Wahrscheinlichkeit von</translation>
    </message>
    <message>
        <source>or a lead over the second of</source>
        <translation>oder einem Vorsprung von</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Thumbnails take at most</source>
        <translation>Vorschaubilder belegen höchstens</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Another language is spoken from the next start on.</source>
        <translation>Eine andere Sprache gilt ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>Unsure below a probability of</source>
        <translation>Unsicher unter einer Wahrscheinlichkeit von</translation>
    </message>
    <message>
        <source>Unsure below a lead over the second of</source>
        <translation>Unsicher unter einem Vorsprung vor der zweiten von</translation>
    </message>
</context>
<context>
    <name>ShareFilter</name>
    <message>
        <source>At least or at most</source>
        <translation>Mindestens oder höchstens</translation>
    </message>
    <message>
        <source>Show photos of which the model is at least, or at most, so sure</source>
        <translation>Fotos zeigen, bei denen das Modell mindestens oder höchstens so sicher ist</translation>
    </message>
    <message>
        <source>How sure the model is, in per cent</source>
        <translation>Wie sicher das Modell ist, in Prozent</translation>
    </message>
    <message>
        <source>The share that the best category has in the answer of the model</source>
        <translation>Der Anteil der besten Kategorie an der Antwort des Modells</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
</context>
<context>
    <name>SortDialog</name>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>&amp;Move</source>
        <translation>&amp;Verschieben</translation>
    </message>
    <message>
        <source>&amp;Plan again</source>
        <translation>&amp;Neu planen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Making the plan …</source>
        <translation>Der Plan wird gemacht …</translation>
    </message>
    <message>
        <source>There is no plan. Nothing was changed.</source>
        <translation>Es gibt keinen Plan. Nichts wurde verändert.</translation>
    </message>
    <message>
        <source>The photos stay where they are as well</source>
        <translation>Die Fotos bleiben auch, wo sie sind</translation>
    </message>
    <message>
        <source>The photos leave their folder; Undo brings them back</source>
        <translation>Die Fotos verlassen ihren Ordner; „Rückgängig“ bringt sie zurück</translation>
    </message>
    <message>
        <source>Folders for dates</source>
        <translation>Ordner nach Datum</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>year</source>
        <translation>Jahr</translation>
    </message>
    <message>
        <source>year and month</source>
        <translation>Jahr und Monat</translation>
    </message>
    <message>
        <source>By the day on which a photo was taken, as its file tells it</source>
        <translation>Nach dem Tag der Aufnahme, wie die Datei ihn nennt</translation>
    </message>
    <message>
        <source>Folders of the plan</source>
        <translation>Ordner des Plans</translation>
    </message>
    <message>
        <source>Photos of the plan</source>
        <translation>Fotos des Plans</translation>
    </message>
    <message>
        <source>Making the plan: reading the dates of photos, {count} so far …</source>
        <translation>Der Plan wird gemacht: Das Datum der Fotos wird gelesen, bisher {count} …</translation>
    </message>
    <message>
        <source>Folders for dates:</source>
        <translation>Ordner nach Datum:</translation>
    </message>
    <message>
        <source>Into:</source>
        <translation>Nach:</translation>
    </message>
    <message>
        <source>Take them by:</source>
        <translation>Und zwar:</translation>
    </message>
    <message>
        <source>Photos are being moved or copied: wait until that is done.</source>
        <translation>Gerade werden Fotos verschoben oder kopiert: bitte warten, bis das fertig ist.</translation>
    </message>
    <message>
        <source>Since this plan was made, photos were judged anew.</source>
        <translation>Seit dieser Plan gemacht wurde, wurden Fotos neu beurteilt.</translation>
    </message>
    <message>
        <source>M&amp;ove {count} photo</source>
        <translation>{count} Foto ver&amp;schieben</translation>
    </message>
    <message>
        <source>M&amp;ove {count} photos</source>
        <translation>{count} Fotos ver&amp;schieben</translation>
    </message>
    <message>
        <source>C&amp;opy {count} photo</source>
        <translation>{count} Foto k&amp;opieren</translation>
    </message>
    <message>
        <source>C&amp;opy {count} photos</source>
        <translation>{count} Fotos k&amp;opieren</translation>
    </message>
    <message>
        <source>There are no photos to sort.</source>
        <translation>Es gibt keine Fotos zu sortieren.</translation>
    </message>
    <message>
        <source>Of {all} photos, {going} will go and {staying} will stay.</source>
        <translation>Fotos: {all}. Es gehen: {going}, es bleiben: {staying}.</translation>
    </message>
    <message>
        <source>The photo will go.</source>
        <translation>Das Foto geht.</translation>
    </message>
    <message>
        <source>The photo will stay.</source>
        <translation>Das Foto bleibt.</translation>
    </message>
    <message>
        <source>There is nothing to do: on the left you see why they stay.</source>
        <translation>Es gibt nichts zu tun: links steht, warum sie bleiben.</translation>
    </message>
    <message>
        <source>Files that belong to them go along: {count}.</source>
        <translation>Dateien, die dazugehören und mitgehen: {count}.</translation>
    </message>
    <message>
        <source>Renamed, because their names are taken: {count}.</source>
        <translation>Umbenannt, weil ihre Namen vergeben sind: {count}.</translation>
    </message>
    <message>
        <source>Kept together without being sure that they belong together: {count}.</source>
        <translation>Zusammengehalten, ohne dass sicher ist, was zusammengehört: {count}.</translation>
    </message>
    <message>
        <source>They take {size}, but only {free} are free there.</source>
        <translation>Sie brauchen {size}, aber nur {free} sind dort frei.</translation>
    </message>
    <message>
        <source>Decided by you as {names}, which the list no longer has: {count}. They go into folders of these names, unless you put them into another category.</source>
        <translation>Von Hand entschieden als {names}, was nicht mehr in der Liste steht: {count}. Diese Fotos kommen in Ordner dieser Namen, wenn Sie sie nicht in eine andere Kategorie einordnen.</translation>
    </message>
    <message>
        <source>{categories} share the folder {folder}.</source>
        <translation>{categories} teilen sich den Ordner {folder}.</translation>
    </message>
</context>
<context>
    <name>Sorter</name>
    <message>
        <source>What Clipsorter keeps could not be opened, so nothing was done to the photos.</source>
        <translation>Was Clipsorter sich merkt, konnte nicht geöffnet werden; mit den Fotos geschah nichts.</translation>
    </message>
    <message>
        <source>{name} is gone or has changed since the photos were compared: find the duplicates again (Ctrl+D).</source>
        <translation>{name} ist weg oder hat sich geändert, seit die Fotos verglichen wurden: Suchen Sie die Duplikate noch einmal (Strg+D).</translation>
    </message>
    <message>
        <source>{name} belongs to a photo that is ticked and would go along: untick that one.</source>
        <translation>{name} gehört zu einem angehakten Foto und ginge mit: Nehmen Sie dort den Haken weg.</translation>
    </message>
</context>
<context>
    <name>Sorting</name>
    <message>
        <source>So&amp;rt …</source>
        <translation>&amp;Sortieren …</translation>
    </message>
    <message>
        <source>Sort this &amp;selection …</source>
        <translation>Diese Aus&amp;wahl sortieren …</translation>
    </message>
    <message>
        <source>&amp;History …</source>
        <translation>&amp;Verlauf …</translation>
    </message>
    <message>
        <source>&amp;Move to the trash …</source>
        <translation>&amp;In den Papierkorb …</translation>
    </message>
    <message>
        <source>Sort a chosen photo of {folder}</source>
        <translation>Ein gewähltes Foto aus {folder} sortieren</translation>
    </message>
    <message>
        <source>{folder} sorted</source>
        <translation>{folder} sortiert</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>The chosen photos are no longer where they were: look again (F5).</source>
        <translation>Die gewählten Fotos sind nicht mehr, wo sie waren: Bitte neu einlesen (F5).</translation>
    </message>
    <message>
        <source>Sort {folder}</source>
        <translation>{folder} sortieren</translation>
    </message>
    <message>
        <source>Sort {count} chosen photos of {folder}</source>
        <translation>{count} gewählte Fotos aus {folder} sortieren</translation>
    </message>
</context>
<context>
    <name>StarterLine</name>
    <message>
        <source>The starter knows plain words for everyday things; CLIP reads whole sentences.</source>
        <translation>Der Starter kennt einfache Wörter für Alltägliches; CLIP liest ganze Sätze.</translation>
    </message>
    <message>
        <source>Don&apos;t show this again</source>
        <translation>Nicht mehr zeigen</translation>
    </message>
    <message>
        <source>Get {model}, {size} MB …</source>
        <translation>{model} herunterladen, {size} MB …</translation>
    </message>
</context>
<context>
    <name>Status</name>
    <message>
        <source>Loading the model …</source>
        <translation>Das Modell wird geladen …</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Stop looking at photos; what was seen so far is kept (Esc)</source>
        <translation>Anhalten; was bisher angesehen wurde, bleibt erhalten (Esc)</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>fast</source>
        <translation>schnell</translation>
    </message>
    <message>
        <source>exact</source>
        <translation>genau</translation>
    </message>
    <message>
        <source>It knows {knows}.</source>
        <translation>Es kennt: {knows}.</translation>
    </message>
    <message>
        <source>No model</source>
        <translation>Kein Modell</translation>
    </message>
    <message>
        <source>Click to see all models.</source>
        <translation>Ein Klick zeigt alle Modelle.</translation>
    </message>
    <message>
        <source>Listing photos …</source>
        <translation>Fotos werden aufgelistet …</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
    <message>
        <source>{rate}/s</source>
        <translation>{rate}/s</translation>
    </message>
    <message>
        <source>1 photo</source>
        <translation>1 Foto</translation>
    </message>
    <message>
        <source>{count} photos</source>
        <translation>{count} Fotos</translation>
    </message>
    <message>
        <source>{count} can&apos;t be read</source>
        <translation>{count} nicht lesbar</translation>
    </message>
    <message>
        <source>stopped; F5 goes on</source>
        <translation>angehalten; F5 macht weiter</translation>
    </message>
    <message>
        <source>{seconds} s left</source>
        <translation>noch {seconds} s</translation>
    </message>
    <message>
        <source>{minutes} min left</source>
        <translation>noch {minutes} min</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min left</source>
        <translation>noch {hours} h {minutes} min</translation>
    </message>
</context>
<context>
    <name>StayedDialog</name>
    <message>
        <source>What stayed, and why</source>
        <translation>Was blieb, und warum</translation>
    </message>
    <message>
        <source>Photos that stayed</source>
        <translation>Fotos, die blieben</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation>Alles kopieren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>TagDialog</name>
    <message>
        <source>&amp;Look again</source>
        <translation>&amp;Neu nachsehen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>What the photos would gain could not be worked out. Nothing was changed.</source>
        <translation>Was die Fotos bekämen, ließ sich nicht ermitteln. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>all programs</source>
        <translation>alle Programme</translation>
    </message>
    <message>
        <source>In the picture where that can be; beside RAW files and others</source>
        <translation>Ins Bild, wo das geht; neben RAW-Dateien und andere</translation>
    </message>
    <message>
        <source>In the picture; beside RAW files as name.xmp</source>
        <translation>Ins Bild; neben RAW-Dateien als name.xmp</translation>
    </message>
    <message>
        <source>Beside each photo, as name.ext.xmp; pictures stay as they are</source>
        <translation>Neben jedes Foto, als name.ext.xmp; die Bilder bleiben, wie sie sind</translation>
    </message>
    <message>
        <source>In the picture; beside RAW files, DNG included, as name.ext.xmp</source>
        <translation>Ins Bild; neben RAW-Dateien, auch DNG, als name.ext.xmp</translation>
    </message>
    <message>
        <source>Programs that are to find the keywords</source>
        <translation>Programme, die die Schlagwörter finden sollen</translation>
    </message>
    <message>
        <source>&amp;IPTC as well, for old programs</source>
        <translation>auch &amp;IPTC, für alte Programme</translation>
    </message>
    <message>
        <source>Where a picture has an IPTC block, it is kept up to date in any case</source>
        <translation>Wo ein Bild einen IPTC-Block hat, wird er in jedem Fall mitgeführt</translation>
    </message>
    <message>
        <source>Photos and the keywords they gain</source>
        <translation>Fotos und die Schlagwörter, die sie bekommen</translation>
    </message>
    <message>
        <source>One keyword per photo: the category it is in</source>
        <translation>Ein Schlagwort je Foto: die Kategorie, in der es ist</translation>
    </message>
    <message>
        <source>As the photos stand in the window</source>
        <translation>So, wie die Fotos im Fenster stehen</translation>
    </message>
    <message>
        <source>Every category that fits</source>
        <translation>Jede Kategorie, die passt</translation>
    </message>
    <message>
        <source>Each category is decided by itself and by its own threshold: a dog on a beach gets both, also where the window is unsure which of them it is</source>
        <translation>Jede Kategorie wird für sich entschieden, nach ihrer eigenen Schwelle: Ein Hund am Strand bekommt beides, auch wo sich das Fenster zwischen beidem nicht sicher ist</translation>
    </message>
    <message>
        <source>Which keywords a photo gets</source>
        <translation>Welche Schlagwörter ein Foto bekommt</translation>
    </message>
    <message>
        <source>Each photo gets:</source>
        <translation>Jedes Foto bekommt:</translation>
    </message>
    <message>
        <source>Keywords for:</source>
        <translation>Schlagwörter für:</translation>
    </message>
    <message>
        <source>&amp;Tag {count} photo</source>
        <translation>{count} Foto &amp;verschlagworten</translation>
    </message>
    <message>
        <source>&amp;Tag {count} photos</source>
        <translation>{count} Fotos &amp;verschlagworten</translation>
    </message>
    <message>
        <source>Something is being done to photos: wait until that has ended.</source>
        <translation>Gerade geschieht etwas mit Fotos: bitte warten, bis das fertig ist.</translation>
    </message>
    <message>
        <source>Since this was worked out, photos were judged anew.</source>
        <translation>Seit dies ermittelt wurde, sind Fotos neu beurteilt worden.</translation>
    </message>
    <message>
        <source>Working out what the photos gain …</source>
        <translation>Was die Fotos bekommen, wird ermittelt …</translation>
    </message>
    <message>
        <source>Of {all} photos, {going} will gain keywords.</source>
        <translation>Fotos: {all}, davon mit neuen Schlagwörtern: {going}.</translation>
    </message>
    <message>
        <source>The photo will gain keywords.</source>
        <translation>Das Foto bekommt Schlagwörter.</translation>
    </message>
    <message>
        <source>The photo will gain none.</source>
        <translation>Das Foto bekommt keine Schlagwörter.</translation>
    </message>
    <message>
        <source>No category, so no keyword: {count}.</source>
        <translation>Ohne Kategorie, also ohne Schlagwort: {count}.</translation>
    </message>
    <message>
        <source>In several categories: {count}.</source>
        <translation>In mehreren Kategorien: {count}.</translation>
    </message>
    <message>
        <source>Have them already: {count}.</source>
        <translation>Haben sie schon: {count}.</translation>
    </message>
    <message>
        <source>Can&apos;t be tagged: {count}.</source>
        <translation>Lassen sich nicht verschlagworten: {count}.</translation>
    </message>
    <message>
        <source>Taken out by you: {count}.</source>
        <translation>Von Ihnen herausgenommen: {count}.</translation>
    </message>
    <message>
        <source>Unsure, so they get none: {count}.</source>
        <translation>Unsicher, also bekommen sie keine: {count}.</translation>
    </message>
    <message>
        <source>Not looked at yet: {count}.</source>
        <translation>Noch nicht angesehen: {count}.</translation>
    </message>
    <message>
        <source>Can&apos;t be read: {count}.</source>
        <translation>Nicht lesbar: {count}.</translation>
    </message>
    <message>
        <source>Looked into {done} of {total} so far; you need not wait for the rest.</source>
        <translation>In {done} von {total} wurde bisher nachgesehen; auf den Rest müssen Sie nicht warten.</translation>
    </message>
</context>
<context>
    <name>TagModel</name>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>New keywords</source>
        <translation>Neue Schlagwörter</translation>
    </message>
    <message>
        <source>Into</source>
        <translation>Wohin</translation>
    </message>
    <message>
        <source>Why, and what to know</source>
        <translation>Warum, und was zu wissen ist</translation>
    </message>
    <message>
        <source>has them already</source>
        <translation>hat sie schon</translation>
    </message>
    <message>
        <source>the same ones, for more programs</source>
        <translation>dieselben, für mehr Programme</translation>
    </message>
    <message>
        <source>nowhere</source>
        <translation>nirgendwohin</translation>
    </message>
    <message>
        <source>the picture, {sidecars}</source>
        <translation>ins Bild, {sidecars}</translation>
    </message>
    <message>
        <source>the picture</source>
        <translation>ins Bild</translation>
    </message>
    <message>
        <source>your decision</source>
        <translation>Ihre Entscheidung</translation>
    </message>
    <message>
        <source>{percent} % sure</source>
        <translation>zu {percent} % sicher</translation>
    </message>
    <message>
        <source>it is write-protected; its keywords go into a sidecar</source>
        <translation>es ist schreibgeschützt; seine Schlagwörter kommen in eine Begleitdatei</translation>
    </message>
</context>
<context>
    <name>Tagging</name>
    <message>
        <source>&amp;Tag …</source>
        <translation>Verschla&amp;gworten …</translation>
    </message>
    <message>
        <source>Tag this se&amp;lection …</source>
        <translation>Diese Auswahl verschla&amp;gworten …</translation>
    </message>
    <message>
        <source>Tag the photos of {folder}</source>
        <translation>Fotos aus {folder} verschlagworten</translation>
    </message>
    <message>
        <source>Tag a chosen photo of {folder}</source>
        <translation>Ein gewähltes Foto aus {folder} verschlagworten</translation>
    </message>
    <message>
        <source>Tag {count} chosen photos of {folder}</source>
        <translation>{count} gewählte Fotos aus {folder} verschlagworten</translation>
    </message>
</context>
<context>
    <name>TaskProgress</name>
    <message>
        <source>Progress of what is done to photos</source>
        <translation>Fortschritt dessen, was mit Fotos geschieht</translation>
    </message>
    <message>
        <source>Stop what is done to photos</source>
        <translation>Anhalten, was mit Fotos geschieht</translation>
    </message>
    <message>
        <source>Stop after the photo in hand; what is done so far can be undone</source>
        <translation>Nach dem Foto anhalten, das gerade dran ist; was schon geschehen ist, kann rückgängig gemacht werden</translation>
    </message>
    <message>
        <source>Copying</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Moving</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>To the trash</source>
        <translation>In den Papierkorb</translation>
    </message>
    <message>
        <source>Tagging</source>
        <translation>Verschlagworten</translation>
    </message>
    <message>
        <source>Removing tags</source>
        <translation>Schlagwörter entfernen</translation>
    </message>
    <message>
        <source>Taking back</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>{doing} …</source>
        <translation>{doing} …</translation>
    </message>
    <message>
        <source>{doing}: {done} of {total}</source>
        <translation>{doing}: {done} von {total}</translation>
    </message>
    <message>
        <source>{rate}/s</source>
        <translation>{rate}/s</translation>
    </message>
    <message>
        <source>{seconds} s left</source>
        <translation>noch {seconds} s</translation>
    </message>
    <message>
        <source>{minutes} min left</source>
        <translation>noch {minutes} min</translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>hält an</translation>
    </message>
</context>
<context>
    <name>TenQuestions</name>
    <message>
        <source>Choose the category first that the questions are to be about.</source>
        <translation>Wählen Sie zuerst die Kategorie, um die es gehen soll.</translation>
    </message>
    <message>
        <source>“{name}” is switched off; switch it on to answer questions about it.</source>
        <translation>„{name}“ ist ausgeschaltet; schalten Sie sie ein, um Fragen zu ihr zu beantworten.</translation>
    </message>
    <message>
        <source>Open a folder first: the questions are about its photos.</source>
        <translation>Öffnen Sie zuerst einen Ordner: Die Fragen drehen sich um seine Fotos.</translation>
    </message>
</context>
<context>
    <name>Trash</name>
    <message>
        <source>Move to the trash</source>
        <translation>In den Papierkorb</translation>
    </message>
    <message>
        <source>Move 1 photo to the trash?</source>
        <translation>1 Foto in den Papierkorb legen?</translation>
    </message>
    <message>
        <source>Move {count} photos to the trash?</source>
        <translation>{count} Fotos in den Papierkorb legen?</translation>
    </message>
    <message>
        <source>Files that go along, since they belong there: {count} ({names}).</source>
        <translation>Dateien, die mitgehen, weil sie dazugehören: {count} ({names}).</translation>
    </message>
    <message>
        <source>Undo takes this back, later too, for as long as your trash is not emptied.</source>
        <translation>Rückgängig nimmt das zurück, auch später, solange Ihr Papierkorb nicht geleert ist.</translation>
    </message>
    <message>
        <source>Only Windows can take this back: open the Recycle Bin, and choose Restore.</source>
        <translation>Das kann nur Windows zurücknehmen: im Papierkorb mit „Wiederherstellen“.</translation>
    </message>
    <message>
        <source>Only macOS can take this back: open the Trash, and choose Put Back.</source>
        <translation>Das kann nur macOS zurücknehmen: im Papierkorb mit „Zurücklegen“.</translation>
    </message>
    <message>
        <source>Nothing is deleted.</source>
        <translation>Gelöscht wird nichts.</translation>
    </message>
</context>
<context>
    <name>TypeAhead</name>
    <message>
        <source>{typed} …  No category begins like that. Esc leaves.</source>
        <translation>{typed} …  Keine Kategorie beginnt so. Esc bricht ab.</translation>
    </message>
    <message>
        <source>{typed} …  Enter: {name}. Esc leaves.</source>
        <translation>{typed} …  Eingabe: {name}. Esc bricht ab.</translation>
    </message>
    <message>
        <source>{typed} …  Enter: {name}, {number} of {count} with ↑ ↓. Esc leaves.</source>
        <translation>{typed} …  Eingabe: {name}, {number} von {count} mit ↑ ↓. Esc bricht ab.</translation>
    </message>
</context>
<context>
    <name>VerdictPage</name>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
    <message>
        <source>&amp;Ten more</source>
        <translation>Noch &amp;zehn</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Schließen</translation>
    </message>
    <message>
        <source>“{name}”: what follows from your decisions</source>
        <translation>„{name}“: was aus Ihren Entscheidungen folgt</translation>
    </message>
    <message>
        <source>Answered: {yes} yes, {no} no, {skipped} can&apos;t say.</source>
        <translation>Beantwortet: {yes}-mal Ja, {no}-mal Nein, {skipped}-mal weiß nicht.</translation>
    </message>
    <message>
        <source>How often shall a sure “{name}” be right?</source>
        <translation>Wie oft soll ein sicheres „{name}“ stimmen?</translation>
    </message>
    <message>
        <source>No model could be loaded, so nothing follows. Choose another model.</source>
        <translation>Es konnte kein Modell geladen werden, deshalb folgt nichts. Wählen Sie ein anderes Modell.</translation>
    </message>
    <message>
        <source>No threshold gives {wish} %: among what you decided and the model would put here (photos: {count}), even the surest is wrong too often. More examples, or better words, help more than a threshold.</source>
        <translation>Keine Schwelle ergibt {wish} %: Unter dem, was Sie entschieden haben und das Modell hier einordnen würde (Fotos: {count}), ist auch das Sicherste zu oft falsch. Mehr Beispiele oder bessere Wörter helfen mehr als eine Schwelle.</translation>
    </message>
    <message>
        <source>What can be had: {percent} %.</source>
        <translation>Möglich sind {percent} %.</translation>
    </message>
    <message>
        <source>Right from a share of {percent} % on, among what you decided: {right} of {count}.</source>
        <translation>Ab einem Anteil von {percent} % stimmt von dem, was Sie entschieden haben: {right} von {count}.</translation>
    </message>
    <message>
        <source>Of all photos it may be {low} to {high} % (95 % interval).</source>
        <translation>Bei allen Fotos können es {low} bis {high} % sein (95-%-Intervall).</translation>
    </message>
    <message>
        <source>Measured on your decisions only, each photo judged without your decision. What you decided is no random choice of your photos, so take it as a hint.</source>
        <translation>Gemessen nur an Ihren Entscheidungen, jedes Foto ohne die Entscheidung darüber beurteilt. Worüber Sie entschieden haben, ist keine Zufallsauswahl Ihrer Fotos; nehmen Sie es als Anhaltspunkt.</translation>
    </message>
    <message>
        <source>Undo in the window (Ctrl+Z) takes it back.</source>
        <translation>Rückgängig im Fenster (Strg+Z) nimmt es zurück.</translation>
    </message>
    <message>
        <source>Working out what follows …</source>
        <translation>Was daraus folgt, wird ausgerechnet …</translation>
    </message>
    <message>
        <source>There is nothing to ask: all photos here that look like it are decided, or none does.</source>
        <translation>Es gibt nichts zu fragen: Über alle Fotos hier, die danach aussehen, ist entschieden, oder keines sieht danach aus.</translation>
    </message>
    <message>
        <source>Nothing follows yet: of the photos that you decided, the model would put none here by itself. Put some photos into the category that belong there, or give it better words.</source>
        <translation>Daraus folgt noch nichts: Von den Fotos, über die Sie entschieden haben, würde das Modell von sich aus keines hier einordnen. Legen Sie einige passende Fotos in die Kategorie, oder geben Sie ihr bessere Wörter.</translation>
    </message>
    <message>
        <source>These are too few to say how often it is right: {fewest} are needed.</source>
        <translation>Das sind zu wenige, um zu sagen, wie oft es stimmt: {fewest} sind nötig.</translation>
    </message>
    <message>
        <source>Of the photos here that you did not decide, {count} would surely be in it.</source>
        <translation>Fotos hier, über die Sie nicht entschieden haben und die dann sicher darin wären: {count}.</translation>
    </message>
    <message>
        <source>It is sure from {percent} % on</source>
        <translation>Sicher ab {percent} %</translation>
    </message>
    <message>
        <source>&amp;Be sure from {percent} % on</source>
        <translation>&amp;Ab {percent} % sicher sein</translation>
    </message>
</context>
<context>
    <name>WhatIfLine</name>
    <message>
        <source>Gains</source>
        <translation>Dazu</translation>
    </message>
    <message>
        <source>Loses</source>
        <translation>Weg</translation>
    </message>
    <message>
        <source>{category}, {percent} %</source>
        <translation>{category}, {percent} %</translation>
    </message>
    <message>
        <source>unsure</source>
        <translation>unsicher</translation>
    </message>
    <message>
        <source>{file}
now: {before}
then: {after}</source>
        <translation>{file}
jetzt: {before}
dann: {after}</translation>
    </message>
</context>
<context>
    <name>WhatIfWords</name>
    <message>
        <source>+ counts photos that would come, − those that would go. What you decided stays where it is.</source>
        <translation>+ zählt Fotos, die dazukämen, − solche, die weggingen. Was Sie entschieden haben, bleibt, wo es ist.</translation>
    </message>
</context>
<context>
    <name>WhyLine</name>
    <message>
        <source>Why: it is like these of your photos.</source>
        <translation>Warum: es ähnelt diesen Ihrer Fotos.</translation>
    </message>
    <message>
        <source>Why: by its words.</source>
        <translation>Warum: nach ihren Wörtern.</translation>
    </message>
</context>
<context>
    <name>WorkLine</name>
    <message>
        <source>How far it is</source>
        <translation>Wie weit es ist</translation>
    </message>
    <message>
        <source>Waiting for the model, which is being loaded …</source>
        <translation>Das Modell wird noch geladen …</translation>
    </message>
</context>
<context>
    <name>Worker</name>
    <message>
        <source>Another model was chosen meanwhile. Ask again once it has looked.</source>
        <translation>Inzwischen wurde ein anderes Modell gewählt. Bitte noch einmal, wenn es alles angesehen hat.</translation>
    </message>
    <message>
        <source>{folder} is no longer there: check that its drive is connected, then look again (F5).</source>
        <translation>{folder} ist nicht mehr da: Laufwerk anschließen, dann neu einlesen (F5).</translation>
    </message>
</context>
<context>
    <name>_List</name>
    <message>
        <source>Saved searches</source>
        <translation>Gespeicherte Suchen</translation>
    </message>
    <message>
        <source>Photos of this folder that fit</source>
        <translation>Fotos dieses Ordners, die passen</translation>
    </message>
</context>
</TS>
