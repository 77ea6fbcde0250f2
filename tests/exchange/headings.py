"""The example register as other offices would head it. True fields in the order of the example's columns."""

from __future__ import annotations

FIELDS = {
    "referrals": "reference received_on source unit given_names family_name aliases date_of_birth age gender nationality exploitation "
    "borough phone safe_to_call stance barriers nrm worker notes",
    "contacts": "case_reference on time channel outcome kind worker said",
    "partner_referrals": "case_reference partner services sent_on status status_on",
    "investigations": "crime_reference received_on source unit outcome_code",
    "arrests": "crime_reference on suspect offence is_flagged",
    "prosecutions": "crime_reference defendant charge outcome outcome_on",
    "activities": "on kind title premises agencies countries visits people_spoken_to finding",
}
OFFICES = {
    "german": {
        "referrals": "Aktenzeichen|Eingangsdatum|Herkunft der Meldung|Dienststelle|Vorname|Nachname|Auch bekannt als|Geburtsdatum|Alter|Geschlecht|"
        "Staatsangehörigkeit|Art der Ausbeutung|Bezirk|Handynummer|Darf angerufen werden?|Haltung zur Strafverfolgung|Hindernisse|NRM-Status|Zuständig|Bemerkungen",
        "contacts": "Aktenzeichen|Datum|Uhrzeit|Kontaktweg|Ergebnis|Anlass|Bearbeiter|Notiz",
        "partner_referrals": "Aktenzeichen|Partnerorganisation|Leistung|Vermittelt am|Stand|Antwortdatum",
        "investigations": "Vorgangsnummer|Anzeige vom|Quelle|Dienststelle|Ergebniscode",
        "arrests": "Vorgangsnummer|Festnahmedatum|Beschuldigter|Tatvorwurf|Sklaverei",
        "prosecutions": "Vorgangsnummer|Angeklagter|Anklage|Urteil|Urteilsdatum",
        "activities": "Datum|Art der Aktion|Bezeichnung|Objekt|Beteiligte Stellen|Länder|Anzahl Besuche|Angesprochene Personen|Feststellung",
    },
    "french": {
        "referrals": "N° de dossier|Reçu le|Origine du signalement|Unité|Prénom|Nom de famille|Surnom|Date de naissance|Âge|Sexe|Nationalité|"
        "Forme d'exploitation|Commune|Téléphone portable|Peut-on appeler ?|Position sur les poursuites|Freins|Statut MRN|Agent référent|Remarques",
        "contacts": "N° de dossier|Date du contact|Heure|Moyen|Résultat|Objet|Intervenant|Compte rendu",
        "partner_referrals": "N° de dossier|Organisme|Prestation|Date d'envoi|Statut|Date du statut",
        "investigations": "Numéro de procédure|Date de la plainte|Origine|Supervisé par|Code de résultat",
        "arrests": "Numéro de procédure|Date d'arrestation|Mis en cause|Infraction|Esclavage",
        "prosecutions": "Numéro de procédure|Prévenu|Chef d'accusation|Jugement|Date du jugement",
        "activities": "Date|Type d'activité|Intitulé|Type de locaux|Organismes|Pays|Nombre de visites|Personnes rencontrées|Constat",
    },
    "polish": {
        "referrals": "Sygnatura|Data wpływu|Źródło zgłoszenia|Jednostka|Imię|Nazwisko|Pseudonim|Data urodzenia|Wiek|Płeć|Obywatelstwo|Rodzaj wyzysku|"
        "Dzielnica|Numer telefonu|Czy można dzwonić|Stanowisko|Przeszkody|Status KRM|Prowadzący|Uwagi",
        "contacts": "Sygnatura|Data kontaktu|Godzina|Sposób kontaktu|Wynik|Temat|Pracownik|Notatka",
        "partner_referrals": "Sygnatura|Organizacja|Usługa|Data wysłania|Odpowiedź|Data odpowiedzi",
        "investigations": "Numer postępowania|Data zawiadomienia|Źródło|Nadzór|Kod wyniku",
        "arrests": "Numer postępowania|Data zatrzymania|Podejrzany|Przestępstwo|Niewolnictwo",
        "prosecutions": "Numer postępowania|Oskarżony|Zarzut|Wyrok|Data wyroku",
        "activities": "Data|Rodzaj działania|Tytuł|Obiekt|Instytucje|Kraje|Liczba wizyt|Rozmówcy|Ustalenia",
    },
    "another force": {
        "referrals": "URN|Date Recd|How did we hear|Team|Forenames|Surname|AKA|D.O.B.|Age (yrs)|M/F|Nat|Type of abuse|LA|Tel. No.|OK to ring?|"
        "Will they support a prosecution|Concerns raised|National Referral Mechanism status|VLO|Free text",
        "contacts": "URN|Contact date|Time of call|Method|Result of call|Reason for call|Officer|Details",
        "partner_referrals": "URN|Agency referred to|Support needed|Referred on|Response|Response date",
        "investigations": "CRIS no.|Reported|How reported|Owning unit|HO outcome",
        "arrests": "CRIS no.|Arrested on|Nominal|Arrested for|MS flag",
        "prosecutions": "CRIS no.|Accused|Charged with|Court result|Result date",
        "activities": "When|What kind|What|Where (type)|Who took part|Countries attending|No. of visits|No. spoken to|What was found",
    },
    "typed in haste": {
        "referrals": "case ref|recieved on|source of referal|unit|first names|last name|known as|date of brith|age at referral|gender|nationalty|exploitaton type|"
        "local authority|mobile no|safe to phone|stance on prosecution|barriers to engagement|nrm status|allocated officer|comments",
        "contacts": "case ref|date contacted|at what time|contact method|outcome of contact|purpose|made by|summary",
        "partner_referrals": "case ref|reffered to|service requested|date referred|partner response|date of response",
        "investigations": "crime report no|date reported|origin|supervised by|crime outcome",
        "arrests": "crime report no|date of arrest|arrested person|offence arrested for|modern slavery flag",
        "prosecutions": "crime report no|defendant id|charges|verdict|verdict date",
        "activities": "date of visit|activity type|operation name|premises type|partner agencies|delegations|number of visits|workers seen|findings",
    },
}
